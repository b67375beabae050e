package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.ProblemText;
import io.archmage.plan.document.DocumentSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One file per mistake; {@code -Dgolden.update=true} writes the expected texts anew. */
class ProblemGoldenTest {

  private static final Path FOLDER = Path.of("src/test/resources/problems");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /** Mistakes that need a huge document, and warnings; tested in code. */
  private static final List<ProblemCode> ELSEWHERE =
      List.of(
          ProblemCode.TOO_LARGE,
          ProblemCode.TOO_MANY_TASKS,
          ProblemCode.TOO_MANY_EDGES,
          ProblemCode.DESCRIPTION_TOO_LONG,
          ProblemCode.UNKNOWN_OUTPUTS);

  @TestFactory
  Stream<DynamicTest> shouldExplainEveryMistake() throws IOException {
    return cases().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
  }

  @Test
  void shouldHaveACaseForEveryCode() throws IOException {
    SortedSet<String> seen = new TreeSet<>();
    for (Path file : cases()) {
      problems(file).forEach(problem -> seen.add(problem.code()));
    }
    List<String> expected =
        Stream.of(ProblemCode.values())
            .filter(code -> !ELSEWHERE.contains(code))
            .map(ProblemCode::key)
            .toList();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void compare(Path file) throws IOException {
    String name = file.getFileName().toString();
    List<PlanProblem> problems = problems(file).stream().map(p -> p.inFile(name)).toList();
    String text = ProblemText.render(problems);
    Path golden = file.resolveSibling(name + ".expected");
    if (UPDATE) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden)).doesNotContain("io.archmage", "java.");
  }

  private static List<PlanProblem> problems(Path file) throws IOException {
    DocumentSyntax syntax = DocumentSyntax.ofFileName(file.getFileName().toString());
    Validation validation =
        PlanCheck.check(Files.readAllBytes(file), syntax, FixedSurroundings.USUAL);
    assertThat(validation).isInstanceOf(Validation.Refused.class);
    return ((Validation.Refused) validation).problems();
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> cases =
          files.filter(file -> !file.toString().endsWith(".expected")).sorted().toList();
      assertThat(cases).isNotEmpty();
      return cases;
    }
  }
}
