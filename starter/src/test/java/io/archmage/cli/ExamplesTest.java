package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  /** Tests run in the module's directory. */
  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"independent.yaml", "dependencies.yaml", "stages.json"})
  void shouldBeAbleToRun(String plan) throws IOException {
    Path repository = DemoProject.in(directory.resolve("demo")).directory();

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
