package io.archmage.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcessRunnerTest {

  @TempDir
  Path temporary;
  private TestRun run;

  @BeforeEach
  void makeRun() throws IOException {
    run = new TestRun(temporary);
  }

  @AfterEach
  void killLeftovers() throws Exception {
    run.survivors().forEach(TestRun::killHard);
  }

  private Command shell(String script) {
    return Command.of(run.workspace, List.of("sh", "-c", script.replace("NAP", run.nap)));
  }

  @Test
  void shouldTellStatusAndBothStreams() throws Exception {
    CommandResult result = ProcessRunner.run(shell("pwd; echo wrong >&2; exit 3"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stdoutText()).isEqualTo(run.workspace.toRealPath() + "\n");
    assertThat(result.stderrText()).isEqualTo("wrong\n");
    assertThat(result.truncated()).isFalse();
  }

  @Test
  void shouldSetAndRemoveVariables() throws Exception {
    Command command = shell("echo \"${HOME-none} $ADDED\"").without("HOME").with("ADDED", "yes");

    assertThat(ProcessRunner.run(command).stdoutText()).isEqualTo("none yes\n");
  }

  @Test
  void shouldPassManyBytesThroughUnchanged() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(7).nextBytes(bytes);

    CommandResult result = ProcessRunner.run(shell("cat").withStdin(bytes));

    assertThat(Arrays.equals(result.stdout(), bytes)).isTrue();
  }

  @Test
  void shouldNotMindACommandThatDoesNotReadItsInput() throws Exception {
    CommandResult result = ProcessRunner.run(shell("exec true").withStdin(new byte[1_000_000]));

    assertThat(result.isSuccess()).isTrue();
  }

  @Test
  void shouldKeepOnlyTheFirstBytes() throws Exception {
    CommandResult result =
        ProcessRunner.run(shell("head -c 5000000 /dev/zero").withMaxOutputBytes(1000));

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.stdout()).hasSize(1000);
    assertThat(result.truncated()).isTrue();
  }

  @Test
  void shouldKillTheTreeWhenTheTimeIsUp() throws Exception {
    CommandResult result =
        ProcessRunner.run(
            shell("trap '' TERM; echo up; (sleep NAP; sleep NAP) & setsid sleep NAP & sleep NAP")
                .withTimeout(Duration.ofSeconds(1)));

    assertThat(result.timedOut()).isTrue();
    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stdoutText()).isEqualTo("up\n");
    TestRun.await(() -> run.survivors().isEmpty());
  }

  @Test
  void shouldKillTheTreeWhenInterrupted() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    ProcessRunner.run(shell("sleep NAP & sleep NAP"));
                    interrupted.complete(false);
                  } catch (InterruptedException e) {
                    interrupted.complete(true);
                  } catch (IOException e) {
                    interrupted.completeExceptionally(e);
                  }
                });
    run.awaitSurvivors(2);

    thread.interrupt();

    assertThat(interrupted.get()).isTrue();
    TestRun.await(() -> run.survivors().isEmpty());
  }

  @Test
  void shouldNotWaitForADaemonThatHoldsTheStreams() throws Exception {
    long start = System.nanoTime();
    CommandResult result = ProcessRunner.run(shell("echo done; sleep NAP &"));

    assertThat(result.stdoutText()).isEqualTo("done\n");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void shouldThrowWhenThereIsNoSuchCommand() {
    assertThatThrownBy(
        () -> ProcessRunner.run(Command.of(run.workspace, List.of("no-such-command"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-command");
  }
}
