package io.archmage.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A short helper program that has ended.
 *
 * @param exitCode its exit code
 * @param output standard output and standard error, as they came
 */
record ProgramRun(int exitCode, String output) {
  /**
   * Runs a program to its end, with nothing on its standard input.
   *
   * @throws IOException if it cannot be started or outlasts {@code limit}; it is killed then
   * @throws ServerException if the thread is interrupted; its interrupt status stays set
   */
  static ProgramRun of(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException {
    Path output = Files.createTempFile("archmage-", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(
              command.getFirst() + " did not end within " + limit.toSeconds() + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServerException("interrupted while running " + command.getFirst(), e);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
      return new ProgramRun(process.exitValue(), text);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** The last lines of the output, for a message. */
  String tail() {
    List<String> lines = output.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }
}
