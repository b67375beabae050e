package io.archmage.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * A command of the real engine in this process, where starting one would only cost time.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 */
public record InProcess(int exitCode, String out, String err) {

  /** Runs a command in a directory with those variables, without a terminal. */
  public static InProcess run(
      Path directory, Map<String, String> environment, String... arguments) {
    CommandLineRun run =
        CommandLineRun.of(directory, environment, new LocalEngine(), "", arguments);
    return new InProcess(run.exitCode(), run.out(), run.err());
  }
}
