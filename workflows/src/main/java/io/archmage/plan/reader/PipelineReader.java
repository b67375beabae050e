package io.archmage.plan.reader;

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

/** Reads the steps of a pipeline. */
final class PipelineReader {

  private final ProblemCollector problems;
  private final TaskReader tasks;
  private boolean complete = true;

  PipelineReader(ProblemCollector problems) {
    this.problems = problems;
    this.tasks = new TaskReader(problems);
  }

  /** The steps in order, without those that have no usable id; none at all is a problem. */
  List<TaskSpec> read(MappingReader plan) {
    Optional<Mapping.Entry> entry = plan.entry(PlanKeys.STEPS);
    Optional<Sequence> list =
        entry.flatMap(found -> plan.values().sequence(found.value(), plan.what(found.key())));
    if (entry.isEmpty() || (list.isPresent() && list.get().items().isEmpty())) {
      problems.add(
          entry.map(Mapping.Entry::keyPosition).orElse(plan.position()),
          ProblemCode.NO_TASKS,
          null,
          "the pipeline has no steps",
          "Add at least one step under \"steps\".");
    }
    List<TaskSpec> steps = new ArrayList<>();
    int position = 0;
    for (Node item : list.map(Sequence::items).orElse(List.of())) {
      position++;
      Optional<TaskSpec> step = tasks.readStep(item, position);
      complete &= step.isPresent();
      step.ifPresent(steps::add);
    }
    return steps;
  }

  /** Whether every step has an id. */
  boolean complete() {
    return complete;
  }
}
