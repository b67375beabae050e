package io.archmage.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number
 * @param started when it started: on Linux the boot's id and the clock ticks since that boot, which
 *     no change of the wall clock touches; elsewhere milliseconds since the epoch
 */
public record ProcessIdentity(long pid, String started) {
  private static final Path PROC = Path.of("/proc");
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  static ProcessIdentity current() {
    return of(ProcessHandle.current());
  }

  /** The identity of a process; of one that has ended, an identity nothing has any more. */
  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), observe(process.pid()).orElse("ended"));
  }

  /** Whether it still runs; a process that has ended but was not yet reaped does not. */
  public boolean isRunning() {
    return observe(pid).filter(started::equals).isPresent();
  }

  /**
   * Whether a process of that number runs that was there at that time. The time may be two seconds
   * off, as start times are counted from a boot time in whole seconds.
   */
  public static boolean isRunningSince(long pid, Instant time) {
    return observe(pid).isPresent()
        && ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .map(start -> !start.isAfter(time.plus(CLOCK_SLACK)))
            .orElse(true);
  }

  /**
   * Asks it to end (SIGTERM) and waits; after {@code grace} it is killed. Does nothing if it has
   * ended.
   *
   * @throws ServerException if it cannot be killed either
   */
  void stop(Duration grace) {
    signal(false);
    if (Poll.until(grace, PAUSE, () -> !isRunning())) {
      return;
    }
    signal(true);
    if (!Poll.until(Duration.ofSeconds(10), PAUSE, () -> !isRunning())) {
      throw new ServerException("process " + pid + " does not end, not even when killed");
    }
  }

  private void signal(boolean kill) {
    if (!isRunning()) {
      return;
    }
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              if (kill) {
                process.destroyForcibly();
              } else {
                process.destroy();
              }
            });
  }

  /**
   * The words of its command line, as far as the system tells; none if it does not. Java itself
   * gives up on what is longer than a page of memory, as a class path easily is.
   */
  public static List<String> commandLine(ProcessHandle process) {
    try {
      byte[] words = Files.readAllBytes(PROC.resolve(process.pid() + "/cmdline"));
      return List.of(new String(words, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException elsewhereOrEnded) {
      return process.info().arguments().map(List::of).orElse(List.of());
    }
  }

  /** When the living process of that number started; empty if there is none. */
  private static Optional<String> observe(long pid) {
    if (!Files.exists(PROC.resolve("self/stat"))) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .flatMap(process -> process.info().startInstant())
          .map(instant -> Long.toString(instant.toEpochMilli()));
    }
    try {
      String stat =
          Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The name in parentheses may contain anything; field 3 (state) follows its last parenthesis.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean ended = fields[0].equals("Z") || fields[0].equals("X");
      return ended ? Optional.empty() : Optional.of(bootId() + "/" + fields[19]);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // Reading the file of a process that is just ending fails with ESRCH.
      return Optional.empty();
    }
  }

  private static String bootId() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id"), StandardCharsets.US_ASCII)
        .strip();
  }
}
