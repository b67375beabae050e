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
  void shouldNotCountAProcessThatNobodyHasReaped() throws IOException {
    Process parent =
        new ProcessBuilder("sh", "-c", "true & echo $!; exec sleep 60").start();
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
