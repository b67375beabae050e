package io.archmage.graph;

import io.archmage.plan.Execution;
import io.archmage.plan.Plan;
import io.archmage.plan.Stage;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The tasks of a plan by id and output key, and their stages; of equal names the first counts. */
final class TaskIndex {

  private final Plan plan;
  private final Map<TaskId, Integer> byId = new LinkedHashMap<>();
  private final Map<String, Integer> makers = new LinkedHashMap<>();
  private final int[] stages;

  TaskIndex(Plan plan) {
    this.plan = plan;
    List<TaskSpec> tasks = plan.tasks();
    for (int i = 0; i < tasks.size(); i++) {
      byId.putIfAbsent(tasks.get(i).id(), i);
      if (tasks.get(i).outputKey() != null) {
        makers.putIfAbsent(tasks.get(i).outputKey(), i);
      }
    }
    stages = new int[tasks.size()];
    for (int stage = 0; stage < plan.stages().size(); stage++) {
      for (TaskId id : plan.stages().get(stage).tasks()) {
        stages[known(id)] = stage;
      }
    }
  }

  Plan plan() {
    return plan;
  }

  int size() {
    return plan.tasks().size();
  }

  TaskSpec task(int index) {
    return plan.tasks().get(index);
  }

  TaskId id(int index) {
    return task(index).id();
  }

  OptionalInt find(TaskId id) {
    Integer index = byId.get(id);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * The index of a task of this plan.
   *
   * @throws IllegalArgumentException if no task has the id
   */
  int known(TaskId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no task " + id));
  }

  /** The task whose output has that name and can be there before another task begins, if any. */
  OptionalInt maker(String key, int before) {
    OptionalInt maker = maker(key);
    return maker.isPresent() && comesBefore(maker.getAsInt(), before)
        ? maker
        : OptionalInt.empty();
  }

  /** The task whose output has that name, whenever it runs. */
  OptionalInt maker(String key) {
    Integer maker = makers.get(key);
    return maker == null ? OptionalInt.empty() : OptionalInt.of(maker);
  }

  /** The names of the outputs that can be there before a task begins. */
  List<String> outputKeys(int before) {
    return makers.entrySet()
        .stream()
        .filter(maker -> comesBefore(maker.getValue(), before))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean comesBefore(int one, int other) {
    return plan.execution() == Execution.PIPELINE
        ? one < other
        : one != other && stages[one] <= stages[other];
  }

  List<String> names() {
    return byId.keySet().stream().map(TaskId::value).toList();
  }

  /** The place of the task's stage among the stages, 0 in a plan without stages. */
  int stagePlace(int index) {
    return stages[index];
  }

  Stage stage(int index) {
    return plan.stages().get(stages[index]);
  }

  /** The places of the stages where a barrier orders them, else all 0. */
  int[] barrierStages() {
    return plan.barrier() ? stages.clone() : new int[stages.length];
  }

  int[] priorities() {
    return plan.tasks().stream().mapToInt(TaskSpec::priority).toArray();
  }
}
