package io.archmage.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run under a supervisor.
 *
 * @param argv command and arguments, never a shell line; the command is looked up on the {@code
 *     PATH} of {@code environment}, or against {@code workingDirectory} when it holds a slash
 * @param workingDirectory absolute path of an existing directory that is the run's alone: what else
 *     works below it, without a terminal, may be killed as a leftover when the run ends
 * @param environment the whole environment; nothing is inherited. Without pid namespaces one
 *     variable, {@code ARCHMAGE_RUN_MARKER}, is added
 * @param stdin absolute path of the file read as standard input
 * @param wallTimeout longest run time, enforced by the supervisor too; null for none
 * @param leaseTtl how long the supervisor goes on without {@link SupervisedProcess#renewLease()}
 * @param grace time from SIGTERM to SIGKILL
 * @param maxOutputBytes how much standard output and standard error may each hold; a process that
 *     exceeds it is killed at the supervisor's next look, about a second later
 */
public record ProcessSpec(
    List<String> argv,
    Path workingDirectory,
    Map<String, String> environment,
    Path stdin,
    @Nullable Duration wallTimeout,
    Duration leaseTtl,
    Duration grace,
    long maxOutputBytes) {

  /** The {@link #maxOutputBytes()} of a process about which nothing else is said. */
  public static final long MAX_OUTPUT_BYTES = 200_000_000L;

  /** Checks and copies; throws {@link IllegalArgumentException} naming the offending value. */
  public ProcessSpec {
    argv = List.copyOf(argv);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    require(!argv.isEmpty() && !argv.get(0).isEmpty(), "argv has no command");
    require(workingDirectory.isAbsolute(), "not an absolute path: " + workingDirectory);
    require(stdin.isAbsolute(), "not an absolute path: " + stdin);
    for (String word : argv) {
      require(word.indexOf('\0') < 0, "an argument contains a NUL character");
    }
    environment.forEach(
        (name, value) -> {
          require(
              !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0,
              "not a name of an environment variable: '" + name + "'");
          require(value.indexOf('\0') < 0, "variable " + name + " contains a NUL character");
        });
    require(
        wallTimeout == null || (!wallTimeout.isNegative() && !wallTimeout.isZero()),
        "wallTimeout must be positive: " + wallTimeout);
    require(!leaseTtl.isNegative() && !leaseTtl.isZero(), "leaseTtl must be positive: " + leaseTtl);
    require(!grace.isNegative(), "grace must not be negative: " + grace);
    require(maxOutputBytes > 0, "maxOutputBytes must be positive: " + maxOutputBytes);
  }

  /** No wall timeout, a lease of 5 minutes, 5 seconds of grace, 200 MB for each stream. */
  public static ProcessSpec of(
      List<String> argv, Path workingDirectory, Map<String, String> environment, Path stdin) {
    return new ProcessSpec(
        argv,
        workingDirectory,
        environment,
        stdin,
        null,
        Duration.ofMinutes(5),
        Duration.ofSeconds(5),
        MAX_OUTPUT_BYTES);
  }

  /** The same with another {@link #wallTimeout()}, null for none. */
  public ProcessSpec withWallTimeout(@Nullable Duration timeout) {
    return new ProcessSpec(
        argv, workingDirectory, environment, stdin, timeout, leaseTtl, grace, maxOutputBytes);
  }

  /** The same with another {@link #leaseTtl()}. */
  public ProcessSpec withLeaseTtl(Duration ttl) {
    return new ProcessSpec(
        argv, workingDirectory, environment, stdin, wallTimeout, ttl, grace, maxOutputBytes);
  }

  /** The same with another {@link #grace()}. */
  public ProcessSpec withGrace(Duration time) {
    return new ProcessSpec(
        argv, workingDirectory, environment, stdin, wallTimeout, leaseTtl, time, maxOutputBytes);
  }

  /** The same with another {@link #maxOutputBytes()}. */
  public ProcessSpec withMaxOutputBytes(long bytes) {
    return new ProcessSpec(
        argv, workingDirectory, environment, stdin, wallTimeout, leaseTtl, grace, bytes);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
