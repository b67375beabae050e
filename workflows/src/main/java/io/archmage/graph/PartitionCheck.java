package io.archmage.graph;

import io.archmage.plan.Plan;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Split;
import io.archmage.plan.Suggestions;
import io.archmage.plan.document.ProblemCollector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Refuses partitions that are no directories of the base commit or of which two overlap. */
final class PartitionCheck {

  private static final int MAX_SHOWN = 10;

  private final Split split;
  private final PlanSurroundings surroundings;
  private final ProblemCollector problems;

  private PartitionCheck(Split split, PlanSurroundings surroundings, ProblemCollector problems) {
    this.split = split;
    this.surroundings = surroundings;
    this.problems = problems;
  }

  static void check(Plan plan, PlanSurroundings surroundings, ProblemCollector problems) {
    if (plan.split() != null) {
      PartitionCheck check = new PartitionCheck(plan.split(), surroundings, problems);
      plan.split().partitions().forEach(check::directory);
      check.overlaps();
    }
  }

  private void directory(Split.Partition partition) {
    String path = split.path(partition);
    Optional<String> mistake = RepositoryPath.mistake(path);
    if (mistake.isPresent()) {
      problems.add(
          partition.position(),
          ProblemCode.INVALID_PATH,
          null,
          "partition " + Quoted.of(partition.name()) + ": path " + Quoted.of(path) + " "
              + mistake.get(),
          "Write a directory below \"input\", such as \"auth/\".");
    } else if (!surroundings.isDirectory(path)) {
      problems.add(
          partition.position(),
          ProblemCode.MISSING_FILE,
          null,
          "partition " + Quoted.of(partition.name()) + ": the base commit has no directory "
              + Quoted.of(path),
          fix(partition.name()));
    }
  }

  private String fix(String name) {
    List<String> known = split.input().isEmpty() || RepositoryPath.mistake(split.input()).isEmpty()
        ? surroundings.directories(split.input())
        : List.of();
    String otherwise =
        known.isEmpty()
            ? "Correct \"input\", or commit the directory."
            : "Partitions are relative to \"input\". It has "
                + String.join(", ", known.subList(0, Math.min(MAX_SHOWN, known.size())))
                + (known.size() > MAX_SHOWN ? ", …." : ".");
    return Suggestions.didYouMean(name, known, otherwise);
  }

  private void overlaps() {
    Map<String, Split.Partition> byPath = new TreeMap<>();
    for (Split.Partition partition : split.partitions()) {
      Split.Partition same = byPath.putIfAbsent(partition.name(), partition);
      if (same != null) {
        overlap(partition, same);
      }
    }
    for (Split.Partition partition : byPath.values()) {
      String name = partition.name();
      for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
        Split.Partition above = byPath.get(name.substring(0, end));
        if (above != null) {
          overlap(partition, above);
        }
      }
    }
  }

  private void overlap(Split.Partition one, Split.Partition other) {
    problems.add(
        one.position(),
        ProblemCode.OVERLAPPING_PARTITIONS,
        null,
        "partition " + Quoted.of(one.name()) + " overlaps with partition "
            + Quoted.of(other.name()),
        "Keep one of the two.");
  }
}
