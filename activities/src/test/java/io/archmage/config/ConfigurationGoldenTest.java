package io.archmage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import io.archmage.plan.document.DocumentSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One file per kind of mistake; {@code -Dgolden.update=true} writes the expected texts anew. */
class ConfigurationGoldenTest {

  private static final Path FOLDER = Path.of("src/test/resources/configuration-problems");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TestFactory
  Stream<DynamicTest> shouldExplainEveryMistake() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> cases =
          files.filter(file -> !file.toString().endsWith(".expected")).sorted().toList();
      assertThat(cases).isNotEmpty();
      return cases.stream()
          .map(
              file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
    }
  }

  private static void compare(Path file) throws IOException {
    String name = file.getFileName().toString();
    ConfigurationReading reading =
        ConfigurationReader.read(Files.readAllBytes(file), DocumentSyntax.ofFileName(name));
    assertThat(reading).isInstanceOf(ConfigurationReading.Problems.class);
    List<PlanProblem> problems = ((ConfigurationReading.Problems) reading).problems();
    String text = ProblemText.render(problems.stream().map(p -> p.inFile(name)).toList());
    Path golden = file.resolveSibling(name + ".expected");
    if (UPDATE) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden)).doesNotContain("io.archmage", "java.");
  }
}
