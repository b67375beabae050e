package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.git.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  /** Tests run in the module's directory. */
  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"independent.yaml", "dependencies.yaml", "stages.json",
    "pipeline.yaml", "fan-out.yaml"})
  void shouldBeAbleToRun(String plan) throws IOException {
    Path repository = DemoProject.in(directory.resolve("demo")).directory();
    for (String module : List.of("auth", "user", "payment")) {
      Path folder = Files.createDirectories(repository.resolve("src").resolve(module));
      Files.writeString(folder.resolve("index.ts"), "");
    }
    NativeGit git = NativeGit.in(repository);
    git.run("add", "src").orThrow();
    git.run("-c", "user.name=Ada", "-c", "user.email=ada@localhost", "commit", "-qm", "Modules")
        .orThrow();

    CommandLineRun run =
        CommandLineRun.of(
            repository,
            new LocalEngine(),
            "",
            "validate",
            EXAMPLES.resolve(plan).toString(),
            "--config",
            EXAMPLES.resolve("parallel.yaml").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
  }
}
