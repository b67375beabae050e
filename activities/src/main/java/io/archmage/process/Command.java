package io.archmage.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A short helper command for {@link ProcessRunner}.
 *
 * @param argv command and arguments, never a shell line
 * @param workingDirectory an existing directory
 * @param environment changes to the inherited environment: a value sets, empty removes
 * @param stdin bytes given on standard input, then end of file; not copied
 * @param timeout after which the whole tree is killed
 * @param maxOutputBytes how much of standard output and of standard error is kept, each; the rest
 *     is read and dropped
 */
public record Command(
    List<String> argv,
    Path workingDirectory,
    Map<String, Optional<String>> environment,
    byte[] stdin,
    Duration timeout,
    int maxOutputBytes) {

  private static final int DEFAULT_MAX_OUTPUT = 64 << 20;

  /** Checks and copies. */
  public Command {
    argv = List.copyOf(argv);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv is empty");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
    if (maxOutputBytes < 0) {
      throw new IllegalArgumentException("maxOutputBytes must not be negative: " + maxOutputBytes);
    }
  }

  /** No input, the inherited environment, one minute, 64 MiB of each stream. */
  public static Command of(Path workingDirectory, List<String> argv) {
    return new Command(
        argv, workingDirectory, Map.of(), new byte[0], Duration.ofMinutes(1), DEFAULT_MAX_OUTPUT);
  }

  /** The same with a variable set. */
  public Command with(String variable, String value) {
    return change(variable, Optional.of(value));
  }

  /** The same with a variable removed. */
  public Command without(String variable) {
    return change(variable, Optional.empty());
  }

  private Command change(String variable, Optional<String> value) {
    Map<String, Optional<String>> changed = new LinkedHashMap<>(environment);
    changed.put(variable, value);
    return new Command(argv, workingDirectory, changed, stdin, timeout, maxOutputBytes);
  }

  /** The same with these bytes on standard input. */
  public Command withStdin(byte[] bytes) {
    return new Command(argv, workingDirectory, environment, bytes, timeout, maxOutputBytes);
  }

  /** The same with another time limit. */
  public Command withTimeout(Duration limit) {
    return new Command(argv, workingDirectory, environment, stdin, limit, maxOutputBytes);
  }

  /** The same with another limit on what is kept of each stream. */
  public Command withMaxOutputBytes(int bytes) {
    return new Command(argv, workingDirectory, environment, stdin, timeout, bytes);
  }
}
