package io.archmage.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One result that a task is handed before it begins.
 *
 * @param name the maker's {@code output_key}, else its id; {@value #PLAN_INPUT} for the plan's own
 * @param from the task whose output it is, or null for the plan's own input
 */
public record TaskInput(String name, @Nullable TaskId from) {

  /** The name of the text that a plan begins with. */
  public static final String PLAN_INPUT = "input";

  /**
   * What a task of a plan that can run is handed: the results it names, then those of its hard
   * dependencies. A step of a pipeline that names none is handed the result of the step before it,
   * the first one the plan's input.
   */
  public static List<TaskInput> of(Plan plan, TaskSpec task) {
    Map<String, TaskId> makers = new LinkedHashMap<>();
    Map<TaskId, String> keys = new LinkedHashMap<>();
    for (TaskSpec maker : plan.tasks()) {
      if (maker.outputKey() != null) {
        makers.put(maker.outputKey(), maker.id());
        keys.put(maker.id(), maker.outputKey());
      }
    }
    Map<String, TaskInput> inputs = new LinkedHashMap<>();
    if (plan.input() != null && plan.tasks().indexOf(task) == 0) {
      inputs.put(PLAN_INPUT, new TaskInput(PLAN_INPUT, null));
    }
    for (InputSource source : task.inputFrom()) {
      inputs.put(source.key(), new TaskInput(source.key(), makers.get(source.key())));
    }
    for (TaskId from : upstream(plan, task)) {
      String name = Objects.requireNonNullElse(keys.get(from), from.value());
      inputs.putIfAbsent(name, new TaskInput(name, from));
    }
    return List.copyOf(inputs.values());
  }

  private static List<TaskId> upstream(Plan plan, TaskSpec task) {
    List<TaskId> upstream = new ArrayList<>();
    for (TaskDependency dependency : task.dependsOn()) {
      if (dependency.type() == DependencyType.HARD) {
        upstream.add(dependency.task());
      }
    }
    int place = plan.tasks().indexOf(task);
    boolean follows = plan.execution() == Execution.PIPELINE && place > 0;
    if (follows && upstream.isEmpty() && task.inputFrom().isEmpty()) {
      upstream.add(plan.tasks().get(place - 1).id());
    }
    return upstream;
  }
}
