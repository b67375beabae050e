package io.archmage.cli;

import java.io.ByteArrayInputStream;
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

  /** Runs a command in a directory with that standard input. */
  static CommandLineRun of(Path directory, Engine engine, String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Map.of("ARCHMAGE_STATE", directory.resolve("state").toString()),
            directory,
            Screen.NONE);
    int exitCode = Archmage.run(console, engine, arguments);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }
}
