package io.archmage.cli;

import io.archmage.render.Style;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param in standard input
 * @param out standard output: data
 * @param err standard error: messages and progress
 * @param environment the environment variables
 * @param directory the current directory, absolute
 * @param screen where standard output and standard error go
 * @param bytes standard output for what is no text; {@code out} must be flushed before
 */
public record Console(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path directory,
    Screen screen,
    OutputStream bytes) {

  /** The console of this process, UTF-8 whatever the locale. */
  static Console ofProcess() {
    return new Console(
        System.in,
        writer(System.out),
        writer(System.err),
        Map.copyOf(System.getenv()),
        Path.of("").toAbsolutePath(),
        Screen.ofProcess(System.getenv()),
        System.out);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Colours for what is written to standard output. */
  Style outStyle() {
    return new Style(screen.outTerminal() && screen.colour());
  }

  /** Colours for what is written to standard error. */
  Style errStyle() {
    return new Style(screen.errTerminal() && screen.colour());
  }

  /** A message for the person who watches. */
  void note(String line) {
    err.println(line);
    err.flush();
  }

  /** A path as the user gave it, absolute. */
  Path resolve(Path given) {
    return directory.resolve(given).normalize();
  }
}
