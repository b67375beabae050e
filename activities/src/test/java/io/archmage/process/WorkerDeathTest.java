package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A familiar started by another JVM, which then dies. */
@Timeout(120)
class WorkerDeathTest {

  @TempDir
  Path temporary;

  /** Starts a familiar and waits for its own end. */
  static final class Worker {

    private Worker() {}

    public static void main(String[] args) throws Exception {
      Isolation isolation = Isolation.valueOf(args[0]);
      Path workspace = Path.of(args[2]);
      Supervisor supervisor = new Supervisor(isolation, Duration.ofMillis(100), args[5]);
      ProcessSpec spec =
          ProcessSpec.of(
              List.of("sh", "-c", args[4]), workspace, Map.of("PATH", args[5]), Path.of(args[3]));
      supervisor.start(Path.of(args[1]), spec);
      try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
        out.write("started\n".getBytes(StandardCharsets.UTF_8));
      }
      Thread.currentThread().join();
    }
  }

  private Process startWorker(SupervisorModes.Mode mode, TestRun run, String script)
      throws Exception {
    Process worker =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            mode.isolation().name(),
            run.directory.toString(),
            run.workspace.toString(),
            run.stdin.toString(),
            script.replace("NAP", run.nap),
            mode.supervisor().path())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader = worker.inputReader()) {
      assertThat(reader.readLine()).isEqualTo("started");
    }
    return worker;
  }

  @ParameterizedTest
  @MethodSource("io.archmage.process.SupervisorModes#all")
  void shouldReattachToWhatADeadWorkerStarted(SupervisorModes.Mode mode) throws Exception {
    TestRun run = new TestRun(temporary);
    Process worker =
        startWorker(
            mode, run, "echo early; until [ -e go ]; do sleep 0.05; done; echo late; exit 3");

    worker.destroyForcibly().waitFor();
    Attachment attachment = mode.supervisor().attach(run.directory);

    assertThat(attachment).isInstanceOf(Attachment.Running.class);
    SupervisedProcess process = ((Attachment.Running) attachment).process();
    process.renewLease();
    assertThat(process.leaseTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(process.poll()).isEmpty();
    Files.createFile(run.workspace.resolve("go"));
    ProcessExit exit = TestRun.end(process);
    assertThat(exit.code()).isEqualTo(3);
    assertThat(exit.reason()).isEqualTo(EndReason.EXITED);
    assertThat(run.out()).isEqualTo("early\nlate\n");
    assertThat(mode.supervisor().attach(run.directory)).isEqualTo(new Attachment.Finished(exit));
  }

  @ParameterizedTest
  @MethodSource("io.archmage.process.SupervisorModes#all")
  void shouldSurviveTheWorkersSigtermAndHarvest(SupervisorModes.Mode mode) throws Exception {
    TestRun run = new TestRun(temporary);
    Process worker =
        startWorker(mode, run, "until [ -e go ]; do sleep 0.05; done; echo done; exit 5");

    worker.destroy();
    worker.waitFor();
    Files.createFile(run.workspace.resolve("go"));
    TestRun.await(() -> run.supervisors().isEmpty());

    assertThat(mode.supervisor().attach(run.directory))
        .isInstanceOfSatisfying(
            Attachment.Finished.class, finished -> assertThat(finished.exit().code()).isEqualTo(5));
    assertThat(run.out()).isEqualTo("done\n");
  }

  @ParameterizedTest
  @MethodSource("io.archmage.process.SupervisorModes#all")
  void shouldKillWhatADeadWorkerStarted(SupervisorModes.Mode mode) throws Exception {
    TestRun run = new TestRun(temporary);
    Process worker = startWorker(mode, run, "setsid sleep NAP & sleep NAP");
    run.awaitSurvivors(2);

    worker.destroyForcibly().waitFor();
    mode.supervisor().reap(run.directory);

    assertThat(run.survivors()).isEmpty();
    assertThat(run.supervisors()).isEmpty();
  }
}
