package io.archmage.plan.reader;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.Split;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.ProblemCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the tasks of a fan-out from the one that its plan describes. */
final class PartitionTasks {

  private static final String SUBJECT = "\"parallel_tasks\" of the plan";
  private static final Key PER_PARTITION = Key.of("per_partition");
  private static final List<Key> GIVEN =
      List.of(
          TaskKeys.ID,
          TaskKeys.OUTPUTS,
          TaskKeys.DEPENDS_ON,
          TaskKeys.PARALLEL_WITH,
          TaskKeys.OUTPUT_KEY,
          TaskKeys.INPUT_FROM);

  private final Mapping mapping;
  private final ProblemCollector problems;
  private boolean complete = true;

  PartitionTasks(Mapping mapping, ProblemCollector problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /** One task per partition, or one for all. */
  List<TaskSpec> of(Split split) {
    MappingReader keys = new MappingReader(mapping, SUBJECT, problems, null);
    boolean each = keys.bool(PER_PARTITION).orElse(true);
    GIVEN.forEach(key -> keys.entries(key).forEach(entry -> misplaced(entry, keys)));
    TaskSpec all = new TaskReader(problems).body(keys, TaskIds.NONE, null).build();
    keys.finish();
    List<TaskSpec> tasks = new ArrayList<>();
    if (each) {
      for (Split.Partition partition : split.partitions()) {
        id(partition).ifPresent(id -> tasks.add(task(id, split, List.of(partition))));
      }
    } else if (!split.partitions().isEmpty()) {
      tasks.add(task(idOfAll(all), split, split.partitions()));
    }
    return tasks;
  }

  /** Whether every partition makes an id. */
  boolean complete() {
    return complete;
  }

  private Optional<TaskId> id(Split.Partition partition) {
    Optional<TaskId> id = TaskIds.of(partition.name());
    if (id.isEmpty()) {
      complete = false;
      TaskIds.report(
          partition.name(), partition.position(), "an entry of \"partitions\"", problems);
    }
    return id;
  }

  private static TaskId idOfAll(TaskSpec all) {
    return Optional.ofNullable(all.action())
        .flatMap(TaskIds::of)
        .orElseGet(() -> new TaskId(all.familiar().value()));
  }

  private TaskSpec task(TaskId id, Split split, List<Split.Partition> partitions) {
    ProblemCollector known = new ProblemCollector();
    MappingReader keys = new MappingReader(mapping, SUBJECT, known, id);
    TaskSpec.Builder task = new TaskReader(known).body(keys, id, id);
    TaskSpec plain = task.build();
    List<String> paths =
        partitions.stream().map(partition -> split.path(partition) + "/").toList();
    return task.outputs(paths).description(description(plain, split, paths)).build();
  }

  private static String description(TaskSpec task, Split split, List<String> paths) {
    String places = paths.stream().collect(Collectors.joining(", "));
    String whole = split.input().isEmpty() ? "the repository" : split.input() + "/";
    String work =
        task.description() == null || task.description().isBlank()
            ? Objects.requireNonNullElse(task.action(), "Work on") + " " + places
            : task.description().strip();
    boolean alone = paths.size() == split.partitions().size();
    return work
        + "\n\nYour part of "
        + whole
        + " is "
        + places
        + ". Change nothing outside it"
        + (alone ? "." : ": other tasks do the same for the other parts at the same time.");
  }

  private void misplaced(Mapping.Entry entry, MappingReader keys) {
    problems.add(
        entry.keyPosition(),
        ProblemCode.MISPLACED_KEY,
        null,
        keys.what(entry.key()) + " cannot be given: it follows from the partitions",
        "Remove it.");
  }
}
