package io.archmage.graph;

import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;

/** The dependencies as the plan states them; unknown ids and self-dependencies are left out. */
final class DeclaredEdges {

  private DeclaredEdges() {}

  static List<Edge> of(TaskIndex index) {
    List<Edge> edges = new ArrayList<>();
    for (int task = 0; task < index.size(); task++) {
      TaskSpec spec = index.task(task);
      SequencedSet<Integer> seen = new LinkedHashSet<>();
      for (TaskDependency dependency : spec.dependsOn()) {
        OptionalInt from = index.find(dependency.task());
        if (from.isPresent() && from.getAsInt() != task && seen.add(from.getAsInt())) {
          String reason =
              Optional.ofNullable(dependency.reason()).orElse(spec.reason());
          edges.add(
              new Edge(from.getAsInt(), task, dependency.type(), EdgeReason.DECLARED, reason));
        }
      }
    }
    return edges;
  }

}
