package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One plan in every form; {@code -Dgolden.update=true} writes the expected files anew. */
class PlanGoldenTest {

  private static final Path FOLDER = Path.of("src/test/resources/io/archmage/cli/plan");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TempDir
  private Path directory;

  @ParameterizedTest
  @CsvSource({
    "--format=text, shop.txt",
    "--tree, shop.tree.txt",
    "--format=mermaid, shop.mmd",
    "--format=ascii, shop.ascii.txt",
    "--format=json, shop.json",
    "--format=html, shop.html"
  })
  void shouldPrintThePlan(String option, String file) throws IOException {
    String plan = Files.readString(FOLDER.resolve("shop.yaml"));

    String printed = new PlanKit(directory).printed(plan, option, "--max-concurrency=2");

    Path golden = FOLDER.resolve(file);
    if (UPDATE) {
      Files.writeString(golden, printed);
    }
    assertThat(printed).isEqualTo(Files.readString(golden));
  }
}
