package io.archmage.graph;

import io.archmage.plan.DependencyType;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses hard dependencies that form a circle. */
final class CycleCheck {

  private static final int MAX_SHOWN = 20;

  private CycleCheck() {}

  static List<Cycle> check(TaskIndex index, ProblemCollector problems) {
    Adjacency hard =
        Adjacency.of(index.size(), DeclaredEdges.of(index), DependencyType.HARD);
    List<Cycle> cycles = new ArrayList<>();
    for (CycleFinder.Found found : CycleFinder.find(hard)) {
      Cycle cycle = new Cycle(found.tasks().stream().map(index::id).toList());
      cycles.add(cycle);
      TaskSpec first = index.task(found.tasks().getFirst());
      problems.add(
          PlanProblem.at(
              position(first, cycle.tasks().getLast()),
              ProblemCode.CIRCULAR_DEPENDENCY,
              first.id(),
              cycle.message("Tasks") + others(index, found),
              cycle.fix()));
    }
    return cycles;
  }

  private static String others(TaskIndex index, CycleFinder.Found found) {
    List<Integer> others = new ArrayList<>(found.component());
    others.removeAll(found.tasks());
    if (others.isEmpty()) {
      return "";
    }
    String names =
        others.stream()
            .limit(MAX_SHOWN)
            .map(task -> index.id(task).value())
            .collect(Collectors.joining(", "));
    String more = others.size() > MAX_SHOWN ? " and " + (others.size() - MAX_SHOWN) + " more" : "";
    return "\n  In further cycles with these: " + names + more;
  }

  private static Position position(TaskSpec task, TaskId on) {
    return task.dependsOn()
        .stream()
        .filter(dependency -> dependency.task().equals(on))
        .map(TaskDependency::position)
        .findFirst()
        .orElse(task.position());
  }
}
