package io.archmage.familiar;

import static io.archmage.familiar.AttemptTest.failed;
import static io.archmage.familiar.AttemptTest.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptFailure.Kind;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that one worker lets go and another takes up. */
@Timeout(60)
class AttemptHandoverTest {

  private static final String WAIT =
      "echo x >>MARKS/starts; echo half >b.txt; touch MARKS/started; read go <MARKS/gate;"
          + " echo whole >b.txt";

  @TempDir
  Path temp;
  private AttemptKit kit;

  @BeforeEach
  void create() throws IOException {
    kit = new AttemptKit(temp);
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    kit.close();
  }

  @Test
  void shouldFollowALivingProcess() throws Exception {
    InvokeRequest request = kit.script(WAIT).request("A", 1);
    try (AttemptKit.Gate gate = kit.gate()) {
      kit.startAndLetGo(request);

      AttemptResult result =
          succeeded(
              kit.run(
                  request,
                  new AttemptControl() {
                    @Override
                    public Wish wish() {
                      return Wish.GO_ON;
                    }

                    @Override
                    public Wish ask() {
                      return wish();
                    }

                    @Override
                    public void tell(String progress) {
                      if (progress.startsWith("running")) {
                        open(gate);
                      }
                    }
                  }));

      assertThat(kit.user.show(result.commit(), "b.txt")).isEqualTo("whole\n");
      assertThat(Files.readString(kit.marks.resolve("starts"))).isEqualTo("x\n");
    }
  }

  @Test
  void shouldHarvestAProcessThatEndedWhileNobodyFollowed() throws Exception {
    InvokeRequest request = kit.script(WAIT).request("A", 1);
    try (AttemptKit.Gate gate = kit.gate()) {
      kit.startAndLetGo(request);
      SupervisedProcess process = kit.process("A", 1);
      gate.open();
      assertThat(process.await(Duration.ofSeconds(20))).isPresent();
    }

    AttemptResult result = succeeded(kit.run(request));

    assertThat(kit.user.show(result.commit(), "b.txt")).isEqualTo("whole\n");
    assertThat(Files.readString(kit.marks.resolve("starts"))).isEqualTo("x\n");
  }

  @Test
  void shouldKeepWhatALostProcessLeft() throws Exception {
    InvokeRequest request = kit.script(WAIT).request("A", 1);
    try (AttemptKit.Gate gate = kit.gate()) {
      assertThat(gate).isNotNull();
      kit.startAndLetGo(request);
      killSupervisor();

      AttemptFailure failure = failed(kit.run(request));

      assertThat(failure.kind()).isEqualTo(Kind.LOST);
      assertThat(failure.exitCode()).isNull();
      assertThat(failure.message()).isEqualTo("poet was lost with its supervisor or machine");
      assertThat(kit.user.show(failure.attemptRef(), "b.txt")).isEqualTo("half\n");
    }
  }

  @Test
  void shouldStillCallAStallAStall() throws Exception {
    String script =
        "trap 'read go <MARKS/gate; exit 1' TERM; echo hi; while :; do sleep 60 & wait; done";
    InvokeRequest request = kit.script(script).request("A", 1, 60_000, 300L, false);
    try (AttemptKit.Gate gate = kit.gate()) {
      Path stalled = new AttemptFolder(kit.folder("A", 1)).stalled();
      assertThat(kit.run(request, AttemptKit.when(stalled, AttemptControl.Wish.DETACH)))
          .isInstanceOf(AttemptEnd.Detached.class);
      gate.open();

      assertThat(failed(kit.run(request)).kind()).isEqualTo(Kind.STALL);
    }
  }

  @Test
  void shouldEndAndKeepAnEarlierAttemptBeforeTheNext() throws Exception {
    kit.script(
        "if [ $ARCHMAGE_ATTEMPT = 1 ]; then echo half >b.txt; touch MARKS/started; exec sleep 60;"
            + " fi; ls; echo second");
    kit.startAndLetGo(kit.request("A", 1));

    AttemptResult result = succeeded(kit.run(kit.request("A", 2)));

    assertThat(result.output()).endsWith("second\n").doesNotContain("b.txt");
    assertThat(kit.journal("A", 1)).doesNotExist();
    assertThat(kit.user.show(AttemptKit.REFS.attempt("A", 1), "b.txt")).isEqualTo("half\n");
    assertThat(failed(kit.run(kit.request("A", 1))).kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void shouldKeepAnEarlierAttemptThatEndedUnseen() throws Exception {
    kit.script("echo $ARCHMAGE_ATTEMPT >b.txt; touch MARKS/started; read go <MARKS/gate");
    try (AttemptKit.Gate gate = kit.gate()) {
      kit.startAndLetGo(kit.request("A", 1));
      SupervisedProcess process = kit.process("A", 1);
      gate.open();
      assertThat(process.await(Duration.ofSeconds(20))).isPresent();
      gate.open();

      AttemptResult result = succeeded(kit.run(kit.request("A", 2)));

      assertThat(kit.user.show(result.commit(), "b.txt")).isEqualTo("2\n");
    }
    assertThat(kit.user.show(AttemptKit.REFS.attempt("A", 1), "b.txt")).isEqualTo("1\n");
  }

  @Test
  void shouldNotFollowWhatAnotherWorkerFollows() throws Exception {
    kit.script("touch MARKS/started");
    Path task = kit.folder("A", 1).getParent();
    try (TaskLock lock = TaskLock.tryTake(task).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(
          kit.run(
              kit.request("A", 1), AttemptKit.when(kit.marks, AttemptControl.Wish.DETACH)))
          .isInstanceOf(AttemptEnd.Detached.class);
    }
    assertThat(kit.marks.resolve("started")).doesNotExist();
  }

  @Test
  void shouldNotStartWhatNobodyWantsAnyMore() throws Exception {
    InvokeRequest request = kit.script("echo x >>MARKS/starts").request("A", 1);

    assertThat(kit.run(request, AttemptKit.whenAsked(AttemptControl.Wish.DETACH)))
        .isInstanceOf(AttemptEnd.Detached.class);
    assertThat(kit.marks.resolve("starts")).doesNotExist();

    assertThat(succeeded(kit.run(request)).invocations()).isEqualTo(1);
  }

  @Test
  void shouldNotStartWhatWasCancelledWhileItWasPrepared() throws Exception {
    InvokeRequest request = kit.script("echo x >>MARKS/starts").request("A", 1);

    AttemptFailure failure =
        failed(kit.run(request, AttemptKit.whenAsked(AttemptControl.Wish.CANCEL)));

    assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(failure.invocations()).isZero();
    assertThat(kit.marks.resolve("starts")).doesNotExist();
    assertThat(kit.pool().leases()).isEmpty();
  }

  @Test
  void shouldEndAnAbandonedAttemptOnce() throws Exception {
    InvokeRequest request = kit.script(WAIT).request("A", 1);
    try (AttemptKit.Gate gate = kit.gate()) {
      assertThat(gate).isNotNull();
      kit.startAndLetGo(request);

      AbandonedAttempt.end(kit.project(), kit.supervisor, kit.folder("A", 1));
      AbandonedAttempt.end(kit.project(), kit.supervisor, kit.folder("A", 1));

      AttemptFailure failure = failed(kit.run(request));
      assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
      assertThat(kit.user.show(failure.attemptRef(), "b.txt")).isEqualTo("half\n");
    }
  }

  private void killSupervisor() throws Exception {
    String claim = Files.readString(kit.journal("A", 1).resolve("claim"));
    ProcessHandle supervisor =
        ProcessHandle.of(Long.parseLong(claim.substring(0, claim.indexOf(' ')))).orElseThrow();
    supervisor.destroyForcibly();
    supervisor.onExit().join();
  }

  private static void open(AttemptKit.Gate gate) {
    try {
      gate.open();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
