package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** However a run ends, nothing of it stays alive, and it is never run twice. */
@ParameterizedClass
@MethodSource("io.archmage.process.SupervisorModes#all")
@Timeout(120)
class TreeEndTest {

  /** Ignores SIGTERM, and has a child in another session, a daemon, and one without a trace. */
  private static final String HOSTILE =
      """
          trap '' TERM
          setsid sleep NAP &
          (setsid sleep NAP >/dev/null 2>&1 </dev/null &)
          (cd / && env -i setsid sleep NAP >/dev/null 2>&1 </dev/null &)
          sleep NAP
          sleep NAP
          """;

  private final Supervisor supervisor;
  @TempDir
  Path temporary;
  private TestRun run;

  TreeEndTest(SupervisorModes.Mode mode) {
    this.supervisor = mode.supervisor();
  }

  @BeforeEach
  void makeRun() throws Exception {
    run = new TestRun(temporary);
  }

  @AfterEach
  void killEscaped() throws Exception {
    run.survivors().forEach(TestRun::killHard);
  }

  private SupervisedProcess startHostile() throws Exception {
    return startHostile(run.shell(HOSTILE));
  }

  private SupervisedProcess startHostile(ProcessSpec spec) throws Exception {
    SupervisedProcess process = supervisor.start(run.directory, spec);
    run.awaitSurvivors(4);
    return process;
  }

  /** Without a namespace the one process that hides every trace is known to escape. */
  private void assertNothingAlive() throws Exception {
    TestRun.await(() -> run.supervisors().isEmpty());
    assertThat(run.survivors()).hasSizeLessThanOrEqualTo(supervisor.containsTrees() ? 0 : 1);
  }

  @Test
  void shouldEndWholeTreeWhenCancelled() throws Exception {
    SupervisedProcess process = startHostile();

    process.cancel();
    ProcessExit exit = TestRun.end(process);

    assertThat(exit.reason()).isEqualTo(EndReason.CANCELLED);
    assertThat(exit.code()).isEqualTo(137);
    assertNothingAlive();
  }

  @Test
  void shouldLetFamiliarEndInItsOwnWayWhenCancelled() throws Exception {
    SupervisedProcess process =
        supervisor.start(
            run.directory,
            run.shell("trap 'echo bye; exit 9' TERM; echo up; while :; do sleep 0.05; done"));
    TestRun.await(() -> process.outputSize() > 0);

    process.cancel();
    ProcessExit exit = TestRun.end(process);

    assertThat(exit.reason()).isEqualTo(EndReason.CANCELLED);
    assertThat(exit.code()).isEqualTo(9);
    assertThat(run.out()).isEqualTo("up\nbye\n");
  }

  @Test
  void shouldEndWholeTreeWhenKilled() throws Exception {
    SupervisedProcess process = startHostile();

    ProcessExit exit = process.kill();

    assertThat(exit.reason()).isEqualTo(EndReason.CANCELLED);
    assertThat(exit.code()).isEqualTo(137);
    assertThat(process.poll()).contains(exit);
    assertNothingAlive();
  }

  @Test
  void shouldEndWholeTreeWhenTheFamiliarIsKilled() throws Exception {
    String suicidal =
        HOSTILE.replace("sleep NAP\nsleep NAP", "sleep NAP & sleep 0.5; kill -9 $$");
    SupervisedProcess process = startHostile(run.shell(suicidal));

    ProcessExit exit = TestRun.end(process);

    assertThat(exit.reason()).isEqualTo(EndReason.EXITED);
    assertThat(exit.code()).isEqualTo(137);
    assertNothingAlive();
  }

  @Test
  void shouldEndWhatTheFamiliarLeavesBehind() throws Exception {
    ProcessExit exit =
        TestRun.end(supervisor.start(run.directory, run.shell("(setsid sleep NAP &) ; exit 4")));

    assertThat(exit.code()).isEqualTo(4);
    assertThat(run.survivors()).isEmpty();
    assertNothingAlive();
  }

  @Test
  void shouldBeLostWithNothingAliveWhenTheSupervisorIsKilled() throws Exception {
    SupervisedProcess process = startHostile();

    TestRun.killHard(run.supervisor().pid());
    ProcessExit exit = TestRun.end(process);

    assertThat(exit.reason()).isEqualTo(EndReason.LOST);
    assertThat(exit.code()).isEqualTo(ProcessExit.UNKNOWN_CODE);
    assertNothingAlive();
    assertThat(supervisor.attach(run.directory)).isInstanceOf(Attachment.Lost.class);
  }

  @Test
  void shouldBeLostWhenEverythingIsKilled() throws Exception {
    startHostile();

    TestRun.killHard(run.supervisor().pid());
    for (Long pid : run.supervisors()) {
      TestRun.killHard(pid);
    }
    run.survivors().forEach(TestRun::killHard);
    run.awaitSupervisorsEnd();

    assertThat(supervisor.attach(run.directory))
        .isInstanceOfSatisfying(
            Attachment.Lost.class, lost -> assertThat(lost.why()).contains("supervisor"));
    assertNothingAlive();
  }

  @Test
  void shouldEndWholeTreeWhenSomebodyRemovesItsDirectory() throws Exception {
    startHostile();
    ProcessIdentity init = run.supervisor();
    ProcessTable table = run.table();

    TestRun.removeAll(run.directory);

    TestRun.await(() -> !table.isAlive(init));
    assertThat(run.survivors()).hasSizeLessThanOrEqualTo(supervisor.containsTrees() ? 0 : 1);
  }

  @Test
  void shouldEndWholeTreeWhenNobodyRenewsTheLease() throws Exception {
    SupervisedProcess process =
        startHostile(run.shell(HOSTILE).withLeaseTtl(Duration.ofMillis(1500)));
    for (int i = 0; i < 8; i++) {
      process.renewLease();
      assertThat(process.await(Duration.ofMillis(300))).isEmpty();
    }

    ProcessExit exit = TestRun.end(process);

    assertThat(exit.reason()).isEqualTo(EndReason.LEASE_EXPIRED);
    assertNothingAlive();
  }

  @Test
  void shouldRunOnceWhenStartedTwiceAtOnce() throws Exception {
    ProcessSpec spec = run.shell("echo once; sleep 0.2; exit 6");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<ProcessExit> start = () -> TestRun.end(supervisor.start(run.directory, spec));
      List<Future<ProcessExit>> exits = threads.invokeAll(List.of(start, start, start, start));

      for (Future<ProcessExit> exit : exits) {
        assertThat(exit.get().code()).isEqualTo(6);
      }
    }
    assertThat(run.out()).isEqualTo("once\n");
    assertThat(TestRun.end(supervisor.start(run.directory, spec)).code()).isEqualTo(6);
    assertThat(run.out()).isEqualTo("once\n");
  }

  @Test
  void shouldReapARunningRun() throws Exception {
    startHostile();

    supervisor.reap(run.directory);

    assertNothingAlive();
    assertThat(supervisor.attach(run.directory)).isInstanceOf(Attachment.Lost.class);
  }

  @Test
  void shouldKeepAnythingFromStartingWhereItReaped() throws Exception {
    supervisor.reap(run.directory);

    ProcessExit exit = TestRun.end(supervisor.start(run.directory, run.shell("echo ran")));

    assertThat(exit.reason()).isEqualTo(EndReason.LOST);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldSpareTheNextRunInTheSameWorkspace() throws Exception {
    startHostile();
    TestRun.killHard(run.supervisor().pid());
    supervisor.reap(run.directory);
    run.survivors().forEach(TestRun::killHard);
    SupervisedProcess next =
        supervisor.start(temporary.resolve("next"), run.shell("exec sleep NAP"));
    run.awaitSurvivors(1);

    supervisor.reap(run.directory);
    supervisor.attach(run.directory);

    assertThat(next.poll()).isEmpty();
    assertThat(next.kill().reason()).isEqualTo(EndReason.CANCELLED);
  }
}
