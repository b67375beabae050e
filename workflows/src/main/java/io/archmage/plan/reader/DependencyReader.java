package io.archmage.plan.reader;

import io.archmage.plan.DependencyType;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the dependencies of one task. */
final class DependencyReader {

  private static final Key TYPE = Key.of("type");
  private static final List<String> TYPES =
      Arrays.stream(DependencyType.values()).map(DependencyType::key).toList();

  private final ProblemCollector problems;
  private final @Nullable TaskId task;

  DependencyReader(ProblemCollector problems, @Nullable TaskId task) {
    this.problems = problems;
    this.task = task;
  }

  /** Dependencies in written order; an entry without a type has the task's or is hard. */
  List<TaskDependency> dependsOn(MappingReader keys) {
    DependencyType untyped =
        keys.choice(TaskKeys.DEPENDENCY_TYPE, TYPES)
            .flatMap(DependencyType::ofKey)
            .orElse(DependencyType.HARD);
    List<TaskDependency> dependencies = new ArrayList<>();
    keys.entry(TaskKeys.DEPENDS_ON)
        .ifPresent(
            entry -> {
              String what = keys.what(entry.key());
              for (Node item : items(entry.value())) {
                dependency(item, what, untyped, keys).ifPresent(dependencies::add);
              }
            });
    return dependencies;
  }

  /** Ids of tasks that this one may overlap with. */
  List<TaskId> parallelWith(MappingReader keys) {
    List<TaskId> others = new ArrayList<>();
    keys.entry(TaskKeys.PARALLEL_WITH)
        .ifPresent(
            entry -> {
              for (Node item : items(entry.value())) {
                id(item, keys.what(entry.key()), keys).ifPresent(others::add);
              }
            });
    return others;
  }

  private static List<Node> items(Node value) {
    return value instanceof Sequence sequence ? sequence.items() : List.of(value);
  }

  private Optional<TaskDependency> dependency(
      Node item, String what, DependencyType untyped, MappingReader keys) {
    if (!(item instanceof Mapping mapping)) {
      return id(item, what, keys).map(id -> new TaskDependency(id, untyped, item.position()));
    }
    MappingReader entry = new MappingReader(mapping, "an entry of " + what, problems, task);
    Optional<TaskId> id =
        entry.requiredName(TaskKeys.ID).flatMap(text -> valid(text, mapping, what));
    DependencyType type =
        entry.choice(TYPE, TYPES).flatMap(DependencyType::ofKey).orElse(untyped);
    @Nullable String reason = entry.text(TaskKeys.REASON).orElse(null);
    entry.finish();
    return id.map(known -> new TaskDependency(known, type, mapping.position(), reason));
  }

  private Optional<TaskId> id(Node item, String what, MappingReader keys) {
    return keys.values()
        .name(item, "an entry of " + what)
        .flatMap(text -> valid(text, item, what));
  }

  private Optional<TaskId> valid(String text, Node item, String what) {
    Optional<TaskId> id = TaskIds.of(text);
    if (id.isEmpty()) {
      TaskIds.report(text, item.position(), "an entry of " + what, problems);
    }
    return id;
  }
}
