package io.archmage.plan.reader;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.Stage;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Sequence;
import io.archmage.plan.document.ValueReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the stages of a staged plan with their tasks. */
final class StageReader {

  private static final int MAX_NUMBER = 1_000_000;

  private final ProblemCollector problems;
  private final TaskListReader lists;
  private final List<Stage> stages = new ArrayList<>();
  private final List<TaskSpec> tasks = new ArrayList<>();

  StageReader(ProblemCollector problems, TaskListReader lists) {
    this.problems = problems;
    this.lists = lists;
  }

  void read(MappingReader plan) {
    Optional<Mapping.Entry> entry = plan.entry(PlanKeys.STAGES);
    Optional<Sequence> list =
        entry.flatMap(found -> plan.values().sequence(found.value(), plan.what(found.key())));
    if (entry.isEmpty() || (list.isPresent() && list.get().items().isEmpty())) {
      problems.add(
          entry.map(Mapping.Entry::keyPosition).orElse(plan.position()),
          ProblemCode.NO_TASKS,
          null,
          "the plan has no stages",
          "Add at least one stage with tasks under \"stages\".");
    }
    int next = 1;
    for (Node item : list.map(Sequence::items).orElse(List.of())) {
      next = stage(item, next) + 1;
    }
  }

  /** The stages in ascending order; those with equal numbers in written order. */
  List<Stage> stages() {
    return stages.stream().sorted(Comparator.comparingInt(Stage::number)).toList();
  }

  /** The tasks of all stages in written order. */
  List<TaskSpec> tasks() {
    return tasks;
  }

  private int stage(Node item, int expected) {
    Optional<Mapping> mapping =
        new ValueReader(problems, null).mapping(item, "stage no. " + (stages.size() + 1));
    if (mapping.isEmpty()) {
      return expected;
    }
    MappingReader unnamed =
        new MappingReader(mapping.get(), "stage no. " + (stages.size() + 1), problems, null);
    int number = unnamed.integer(PlanKeys.STAGE, 0, MAX_NUMBER).orElse(expected);
    boolean parallel = unnamed.bool(PlanKeys.PARALLEL).orElse(true);
    List<TaskSpec> read = lists.read(unnamed, "stage " + number);
    unnamed.finish();
    tasks.addAll(read);
    stages.add(new Stage(number, parallel, read.stream().map(TaskSpec::id).toList()));
    return number;
  }
}
