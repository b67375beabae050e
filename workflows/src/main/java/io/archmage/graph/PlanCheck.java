package io.archmage.graph;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.reader.PlanReader;
import io.archmage.plan.reader.PlanReading;
import java.util.List;

/** Reads and validates a document in one go, so that a user sees all its problems at once. */
public final class PlanCheck {

  private PlanCheck() {}

  /** The graph of a document in UTF-8, or all its problems; never throws for any document. */
  public static Validation check(
      byte[] document, DocumentSyntax syntax, PlanSurroundings surroundings) {
    return switch (DocumentReader.read(document, syntax)) {
      case DocumentReading.Unreadable unreadable ->
        new Validation.Refused(unreadable.problems(), List.of());
      case DocumentReading.Parsed parsed -> check(read(parsed.root(), surroundings), surroundings);
    };
  }

  /** Reads a document; what a fan-out is divided into may come from the base commit. */
  public static PlanReading read(Node root, PlanSurroundings surroundings) {
    return PlanReader.read(root, path -> modules(path, surroundings));
  }

  private static List<String> modules(String path, PlanSurroundings surroundings) {
    boolean root = path.isEmpty();
    return root || RepositoryPath.mistake(path).isEmpty()
        ? surroundings.directories(path)
            .stream()
            .filter(name -> !name.startsWith("."))
            .toList()
        : List.of();
  }

  /** The graph of a plan, or the problems of reading it and of validating what could be read. */
  public static Validation check(PlanReading reading, PlanSurroundings surroundings) {
    return switch (reading) {
      case PlanReading.Read read -> PlanValidator.validate(read.plan(), surroundings);
      case PlanReading.Problems problems ->
        problems
            .partial()
            .map(plan -> merged(problems.problems(), PlanValidator.validate(plan, surroundings)))
            .orElseGet(() -> new Validation.Refused(problems.problems(), List.of()));
    };
  }

  private static Validation merged(List<PlanProblem> reading, Validation validation) {
    ProblemCollector all = new ProblemCollector();
    all.addAll(reading);
    return switch (validation) {
      case Validation.Runnable runnable -> new Validation.Refused(all.list(), List.of());
      case Validation.Refused refused -> {
        all.addAll(refused.problems());
        yield new Validation.Refused(all.list(), refused.cycles());
      }
    };
  }
}
