package io.archmage.plan.reader;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a list of tasks under the key {@code tasks}. */
final class TaskListReader {

  private final ProblemCollector problems;
  private TaskReader tasks;
  private boolean complete = true;

  TaskListReader(ProblemCollector problems) {
    this.problems = problems;
    this.tasks = new TaskReader(problems);
  }

  /** From now on tasks that name no familiar are done by that one. */
  void otherwise(FamiliarName familiar) {
    tasks = new TaskReader(problems, familiar);
  }

  /** The tasks that have an id; none at all is a problem. */
  List<TaskSpec> read(MappingReader keys, String owner) {
    Optional<Mapping.Entry> entry = keys.entry(PlanKeys.TASKS);
    Optional<Sequence> list =
        entry.flatMap(found -> keys.values().sequence(found.value(), keys.what(found.key())));
    if (entry.isEmpty() || (list.isPresent() && list.get().items().isEmpty())) {
      problems.add(
          entry.map(Mapping.Entry::keyPosition).orElse(keys.position()),
          ProblemCode.NO_TASKS,
          null,
          owner + " has no tasks",
          "Add at least one task under \"tasks\".");
    }
    List<TaskSpec> read = new ArrayList<>();
    int number = 0;
    for (Node item : list.map(Sequence::items).orElse(List.of())) {
      number++;
      String of = owner.equals("the plan") ? "" : " of " + owner;
      Optional<TaskSpec> task = tasks.read(item, "task no. " + number + of);
      complete &= task.isPresent();
      task.ifPresent(read::add);
    }
    return read;
  }

  /** Whether every task of every list read so far has an id. */
  boolean complete() {
    return complete;
  }
}
