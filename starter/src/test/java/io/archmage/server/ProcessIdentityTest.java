package io.archmage.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which processes count as running. */
class ProcessIdentityTest {

  @Test
  void shouldKnowThatThisProcessRuns() {
    assertThat(ProcessIdentity.isRunningSince(ProcessHandle.current().pid(), Instant.now()))
        .isTrue();
  }

  @Test
  void shouldNotTakeALaterProcessForAnEarlierOneWithItsNumber() {
    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();

    assertThat(
        ProcessIdentity.isRunningSince(
            ProcessHandle.current().pid(), start.minus(Duration.ofMinutes(1))))
        .isFalse();
  }

  @Test
  void shouldKnowALongCommandLine() throws IOException {
    String folder = "x".repeat(10_000);
    // It waits for its input.
    Process process = new ProcessBuilder("sh", "-c", "read line", "sh", folder).start();
    try {
      assertThat(ProcessIdentity.commandLine(process.toHandle())).contains("read line", folder);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldNotCountAProcessThatNobodyHasReaped() throws IOException {
    // A shell would reap it.
    String script = "$| = 1; my $pid = fork; exit 0 unless $pid; print \"$pid\\n\"; sleep 60";
    Process parent = new ProcessBuilder("perl", "-e", script).start();
    try (BufferedReader output = parent.inputReader()) {
      long ended = Long.parseLong(output.readLine());

      assertThat(
          Poll.until(
              Duration.ofSeconds(10),
              Duration.ofMillis(5),
              () -> !ProcessIdentity.isRunningSince(ended, Instant.now())))
          .isTrue();
      assertThat(ProcessHandle.of(ended)).isPresent();
    } finally {
      parent.destroyForcibly();
    }
  }
}
