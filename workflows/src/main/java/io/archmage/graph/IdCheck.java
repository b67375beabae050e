package io.archmage.graph;

import io.archmage.plan.DependencyType;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refuses ids that occur twice and dependencies on ids that make no sense. */
final class IdCheck {

  private final TaskIndex index;
  private final ProblemCollector problems;

  IdCheck(TaskIndex index, ProblemCollector problems) {
    this.index = index;
    this.problems = problems;
  }

  void check() {
    for (int i = 0; i < index.size(); i++) {
      TaskSpec task = index.task(i);
      int declared = index.known(task.id());
      if (declared != i) {
        TaskSpec first = index.task(declared);
        problems.add(
            task.position(),
            ProblemCode.DUPLICATE_ID,
            task.id(),
            Quoted.task(task.id()) + " is already declared" + line(first.position()),
            "Give one of the two another id.");
      }
      dependencies(task);
      for (TaskId other : task.parallelWith()) {
        reference(task, other, task.position(), "run parallel with");
      }
    }
  }

  private void dependencies(TaskSpec task) {
    Map<TaskId, DependencyType> types = new LinkedHashMap<>();
    for (TaskDependency dependency : task.dependsOn()) {
      reference(task, dependency.task(), dependency.position(), "depend on");
      DependencyType type = types.putIfAbsent(dependency.task(), dependency.type());
      if (type != null && type != dependency.type()) {
        problems.add(
            dependency.position(),
            ProblemCode.DUPLICATE_DEPENDENCY,
            task.id(),
            Quoted.task(task.id())
                + " depends on "
                + Quoted.of(dependency.task().value())
                + " both hard and soft",
            "Keep one of the two.");
      }
    }
  }

  private void reference(TaskSpec task, TaskId to, Position position, String verb) {
    if (to.equals(task.id())) {
      problems.add(
          position,
          ProblemCode.SELF_DEPENDENCY,
          task.id(),
          Quoted.task(task.id()) + " cannot " + verb + " itself",
          "Remove the entry.");
    } else if (index.find(to).isEmpty()) {
      problems.add(
          position,
          ProblemCode.UNKNOWN_TASK,
          task.id(),
          Quoted.task(task.id()) + " cannot " + verb + " " + Quoted.of(to.value())
              + ": no task has that id",
          Suggestions.didYouMean(to.value(), index.names(), "Add that task or remove the entry."));
    }
  }

  private static String line(Position position) {
    return position.known() ? " in line " + position.line() : "";
  }
}
