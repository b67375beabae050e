package io.archmage.graph;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Stage;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.util.List;
import java.util.OptionalInt;

/** Refuses stages with one number and dependencies on later stages. */
final class StageCheck {

  private StageCheck() {}

  static void check(TaskIndex index, ProblemCollector problems) {
    List<Stage> stages = index.plan().stages();
    for (int i = 1; i < stages.size(); i++) {
      if (stages.get(i).number() == stages.get(i - 1).number()) {
        Position first = position(index, stages.get(i - 1));
        problems.add(
            position(index, stages.get(i)),
            ProblemCode.DUPLICATE_STAGE,
            null,
            "stage " + stages.get(i).number() + " is already declared"
                + (first.known() ? " above line " + (first.line() + 1) : ""),
            "Give one of the two another number.");
      }
    }
    if (!stages.isEmpty()) {
      for (int task = 0; task < index.size(); task++) {
        dependencies(index, task, problems);
      }
    }
  }

  private static void dependencies(TaskIndex index, int place, ProblemCollector problems) {
    TaskSpec task = index.task(place);
    for (TaskDependency dependency : task.dependsOn()) {
      OptionalInt on = index.find(dependency.task());
      if (on.isPresent() && index.stagePlace(on.getAsInt()) > index.stagePlace(place)) {
        problems.add(
            dependency.position(),
            ProblemCode.LATER_STAGE,
            task.id(),
            Quoted.task(task.id())
                + " of stage "
                + index.stage(place).number()
                + " depends on "
                + Quoted.of(dependency.task().value())
                + " of the later stage "
                + index.stage(on.getAsInt()).number(),
            "Move one of the two tasks or remove the dependency.");
      }
    }
  }

  private static Position position(TaskIndex index, Stage stage) {
    return stage.tasks().isEmpty()
        ? Position.UNKNOWN
        : index.task(index.known(stage.tasks().getFirst())).position();
  }
}
