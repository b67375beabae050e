package io.archmage.plan.reader;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.TaskGroup;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which group a task belongs to, and what a plan says about its epics. */
final class GroupReader {

  private static final Key ID = Key.of("id");
  private static final Key NAME = Key.of("name");

  private final ProblemCollector problems;
  private final Map<String, TaskGroup> epics = new LinkedHashMap<>();
  private boolean listed;

  GroupReader(ProblemCollector problems) {
    this.problems = problems;
  }

  /** The group of a task; whether it is an epic is told by the key. */
  static Optional<TaskGroup> of(MappingReader task) {
    Optional<Mapping.Entry> entry = task.entry(TaskKeys.GROUP);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String key = entry.get().key();
    Optional<String> id = task.values().name(entry.get().value(), task.what(key));
    if (id.isPresent() && id.get().isBlank()) {
      task.values()
          .problem(
              entry.get().value().position(),
              ProblemCode.INVALID_VALUE,
              task.what(key) + " is blank",
              "Write a name.");
      return Optional.empty();
    }
    TaskGroup.Kind kind =
        key.startsWith("epic") ? TaskGroup.Kind.EPIC : TaskGroup.Kind.GROUP;
    return id.map(known -> new TaskGroup(known.strip(), kind, null));
  }

  /** Reads the list of epics at the top of a plan. */
  void epics(MappingReader plan) {
    listed = plan.entry(PlanKeys.EPICS).isPresent();
    int number = 0;
    for (Node item : plan.items(PlanKeys.EPICS)) {
      number++;
      String place = "epic no. " + number;
      plan.values().mapping(item, place).ifPresent(mapping -> epic(mapping, place));
    }
  }

  private void epic(Mapping mapping, String place) {
    MappingReader keys = new MappingReader(mapping, place, problems, null);
    Optional<String> id = keys.requiredName(ID).map(String::strip);
    String name = keys.text(NAME).orElse(null);
    keys.finish();
    if (id.isPresent()
        && epics.put(id.get(), new TaskGroup(id.get(), TaskGroup.Kind.EPIC, name)) != null) {
      problems.add(
          mapping.position(),
          ProblemCode.DUPLICATE_ID,
          null,
          "there are several epics " + Quoted.of(id.get()),
          "Give each epic an id of its own.");
    }
  }

  /** The groups that the tasks belong to; an epic that is not listed where others are is wrong. */
  List<TaskGroup> groupsOf(List<TaskSpec> tasks) {
    Map<String, TaskGroup> groups = new LinkedHashMap<>();
    for (TaskSpec task : tasks) {
      TaskGroup group = task.group();
      if (group != null) {
        groups.putIfAbsent(group.id(), epics.getOrDefault(group.id(), group));
        if (listed && group.kind() == TaskGroup.Kind.EPIC && !epics.containsKey(group.id())) {
          unknown(task, group);
        }
      }
    }
    return List.copyOf(groups.values());
  }

  private void unknown(TaskSpec task, TaskGroup group) {
    problems.add(
        task.position(),
        ProblemCode.INVALID_VALUE,
        task.id(),
        Quoted.task(task.id()) + " belongs to epic " + Quoted.of(group.id())
            + ", which is not under \"epics\"",
        Suggestions.didYouMean(
            group.id(), new ArrayList<>(epics.keySet()), "Add it under \"epics\"."));
  }
}
