package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs programs as a user would. */
final class Commands {

  /**
   * What a program did.
   *
   * @param code its exit code
   * @param output what it wrote to both streams
   */
  record Result(int code, String output) {}

  private Commands() {}

  /** Runs a program that must succeed. */
  static Result run(Path directory, List<String> command) throws IOException, InterruptedException {
    Result result = tryRun(directory, command);
    assertThat(result.code()).as("%s printed %s", command, result.output()).isZero();
    return result;
  }

  /** Runs a program that may fail. */
  static Result tryRun(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
