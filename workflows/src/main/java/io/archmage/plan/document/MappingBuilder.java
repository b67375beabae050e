package io.archmage.plan.document;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the entries of one mapping and reports keys that occur twice. */
final class MappingBuilder {

  private final Position position;
  private final ProblemCollector problems;
  private final List<Mapping.Entry> entries = new ArrayList<>();
  private final Map<String, Position> seen = new LinkedHashMap<>();

  MappingBuilder(Position position, ProblemCollector problems) {
    this.position = position;
    this.problems = problems;
  }

  /** Adds an entry; of equal keys the first one counts. */
  void add(String key, Position keyPosition, Node value) {
    Position first = seen.putIfAbsent(key, keyPosition);
    if (first == null) {
      entries.add(new Mapping.Entry(key, keyPosition, value));
      return;
    }
    problems.add(
        PlanProblem.at(
            keyPosition,
            ProblemCode.DUPLICATE_KEY,
            null,
            "key " + Quoted.of(key) + " is already in line " + first.line(),
            "Remove or rename one of the two."));
  }

  Mapping build() {
    return new Mapping(entries, position);
  }
}
