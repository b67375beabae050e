package io.archmage.graph;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.util.List;
import java.util.SortedMap;

/** Refuses tasks that need resources which are not there, or more of one than there is. */
final class ResourceCheck {

  private ResourceCheck() {}

  static void check(
      List<TaskSpec> tasks, PlanSurroundings surroundings, ProblemCollector problems) {
    SortedMap<String, Integer> known = surroundings.resources();
    for (TaskSpec task : tasks) {
      task.resources()
          .forEach(
              (name, amount) -> {
                Integer capacity = known.get(name);
                if (capacity == null) {
                  problems.add(unknown(task, name, known));
                } else if (amount > capacity) {
                  problems.add(tooMuch(task, name, amount, capacity));
                }
              });
    }
  }

  private static PlanProblem unknown(
      TaskSpec task, String name, SortedMap<String, Integer> known) {
    String otherwise =
        "Configure how much of it there is under \"resources\"."
            + (known.isEmpty() ? "" : " Known: " + String.join(", ", known.keySet()) + ".");
    return PlanProblem.at(
        task.position(),
        ProblemCode.UNKNOWN_RESOURCE,
        task.id(),
        "unknown resource " + Quoted.of(name) + " of " + Quoted.task(task.id()),
        Suggestions.didYouMean(name, List.copyOf(known.keySet()), otherwise));
  }

  private static PlanProblem tooMuch(TaskSpec task, String name, int amount, int capacity) {
    return PlanProblem.at(
        task.position(),
        ProblemCode.EXCEEDS_CAPACITY,
        task.id(),
        "%s needs %d of resource %s, of which there is %d"
            .formatted(Quoted.task(task.id()), amount, Quoted.of(name), capacity),
        "Let the task need less, or configure more under \"resources\".");
  }
}
