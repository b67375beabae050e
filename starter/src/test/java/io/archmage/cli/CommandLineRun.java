package io.archmage.cli;

import io.archmage.settings.StateDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A command that ran in this process without a terminal.
 *
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 */
record CommandLineRun(int exitCode, String out, String err) {

  /** Runs a command in a directory with that standard input and a state directory in it. */
  static CommandLineRun of(Path directory, Engine engine, String input, String... arguments) {
    Map<String, String> environment =
        Map.of(StateDirectory.VARIABLE, directory.resolve("state").toString());
    return of(directory, environment, engine, input, arguments);
  }

  /** Runs a command in a directory with those variables and that standard input. */
  static CommandLineRun of(
      Path directory,
      Map<String, String> environment,
      Engine engine,
      String input,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            environment,
            directory,
            Screen.NONE,
            out);
    int exitCode = Archmage.run(console, engine, arguments);
    console.out().flush();
    return new CommandLineRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }
}
