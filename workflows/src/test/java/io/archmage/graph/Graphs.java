package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import io.archmage.plan.document.DocumentSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes graphs of documents and shows them in short texts. */
final class Graphs {

  private static final Path PLANS = Path.of("src/test/resources/plans");

  private Graphs() {}

  static TaskGraph of(String document) {
    return of(document, FixedSurroundings.USUAL);
  }

  static TaskGraph of(String document, PlanSurroundings surroundings) {
    Validation validation = check(document, surroundings);
    if (validation instanceof Validation.Refused refused) {
      throw new AssertionError(ProblemText.render(refused.problems()));
    }
    return ((Validation.Runnable) validation).graph();
  }

  static Validation check(String document, PlanSurroundings surroundings) {
    return PlanCheck.check(
        document.getBytes(StandardCharsets.UTF_8), DocumentSyntax.UNKNOWN, surroundings);
  }

  static List<PlanProblem> problems(String document) {
    Validation validation = check(document, FixedSurroundings.USUAL);
    assertThat(validation).isInstanceOf(Validation.Refused.class);
    return ((Validation.Refused) validation).problems();
  }

  static TaskGraph input(String name) {
    return of(inputText(name));
  }

  static String inputText(String name) {
    try (var files = Files.list(PLANS)) {
      Path file =
          files.filter(path -> path.getFileName().toString().startsWith(name)).findFirst().get();
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Edges as {@code A -> B declared}, soft ones with {@code ~>}. */
  static List<String> edges(TaskGraph graph) {
    return graph.edges()
        .stream()
        .map(
            edge -> id(graph, edge.from())
                + switch (edge.type()) {
                  case HARD -> " -> ";
                  case SOFT -> " ~> ";
                }
                + id(graph, edge.to())
                + " "
                + edge.because().key())
        .toList();
  }

  static List<List<String>> batches(TaskGraph graph) {
    return graph.batches()
        .stream()
        .map(batch -> batch.stream().map(task -> id(graph, task)).toList())
        .toList();
  }

  static List<String> order(TaskGraph graph) {
    return graph.order().stream().map(task -> id(graph, task)).toList();
  }

  private static String id(TaskGraph graph, int task) {
    return graph.task(task).id().value();
  }
}
