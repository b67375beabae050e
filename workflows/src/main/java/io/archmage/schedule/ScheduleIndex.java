package io.archmage.schedule;

import io.archmage.schedule.search.Topology;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What follows from a model alone, computed once per run and shared by all its states. */
final class ScheduleIndex {
  private final ScheduleModel model;
  private final int[] inOrder;
  private final int[] place;
  private final int[] kinds;
  private final int[][] kindTasks;
  private final int[] placeInKind;
  private final int[][] neededBy;
  private final int[][] followedBy;
  private final int[] stageNumbers;
  private final int[] stages;
  private final int[][] stageTasks;

  ScheduleIndex(ScheduleModel model) {
    this.model = model;
    List<ScheduledTask> tasks = model.tasks();
    neededBy = Topology.reverse(predecessors(tasks, true));
    followedBy = Topology.reverse(predecessors(tasks, false));
    PrecedenceGraph.of(model);
    inOrder =
        IntStream.range(0, tasks.size())
            .boxed()
            .sorted(Comparator.comparingInt(task -> tasks.get(task).order()))
            .mapToInt(Integer::intValue)
            .toArray();
    place = new int[tasks.size()];
    for (int i = 0; i < inOrder.length; i++) {
      if (i > 0 && tasks.get(inOrder[i]).order() == tasks.get(inOrder[i - 1]).order()) {
        throw new IllegalArgumentException(
            "tasks " + inOrder[i - 1] + " and " + inOrder[i] + " have the same order");
      }
      place[inOrder[i]] = i;
    }
    kinds = kinds(tasks);
    kindTasks = group(inOrder, kinds, Arrays.stream(kinds).max().orElse(-1) + 1);
    placeInKind = new int[tasks.size()];
    for (int[] members : kindTasks) {
      for (int i = 0; i < members.length; i++) {
        placeInKind[members[i]] = i;
      }
    }
    int[] numbers =
        tasks.stream().mapToInt(task -> model.barrier() ? task.stage() : 0).toArray();
    stageNumbers =
        new TreeSet<>(Arrays.stream(numbers).boxed().toList())
            .stream()
            .mapToInt(Integer::intValue)
            .toArray();
    stages = Arrays.stream(numbers).map(n -> Arrays.binarySearch(stageNumbers, n)).toArray();
    stageTasks = group(IntStream.range(0, stages.length).toArray(), stages, stageNumbers.length);
    refuseForeignFamiliars();
    refuseHoldsForLaterTasks();
    refuseEdgesAgainstStages();
  }

  ScheduleModel model() {
    return model;
  }

  /** Whether some task leaves its slot to others. */
  boolean holds() {
    return model.tasks().stream().anyMatch(task -> !task.heldFor().isEmpty());
  }

  int size() {
    return place.length;
  }

  ScheduledTask task(int task) {
    return model.tasks().get(task);
  }

  /** The task at a place of the dispatch order, places being 0, 1, 2… */
  int inOrder(int place) {
    return inOrder[place];
  }

  /** The task's place in the dispatch order. */
  int place(int task) {
    return place[task];
  }

  /** How many kinds there are: tasks of one kind have one familiar and the same demands. */
  int kindCount() {
    return kindTasks.length;
  }

  int kind(int task) {
    return kinds[task];
  }

  /** The kind's task at a place among its own, in dispatch order. */
  int kindTask(int kind, int place) {
    return kindTasks[kind][place];
  }

  /** The task's place among those of its kind. */
  int placeInKind(int task) {
    return placeInKind[task];
  }

  /** Tasks that need the task's success, ascending. */
  int[] neededBy(int task) {
    return neededBy[task];
  }

  /** Tasks that wait for the task's end only, ascending. */
  int[] followedBy(int task) {
    return followedBy[task];
  }

  /** How many stages have tasks; 1 at most without a barrier. */
  int stageCount() {
    return stageNumbers.length;
  }

  /** The task's stage, counting only stages that have tasks. */
  int stage(int task) {
    return stages[task];
  }

  int[] stageTasks(int stage) {
    return stageTasks[stage];
  }

  /** The stage's number in the model. */
  int stageNumber(int stage) {
    return stageNumbers[stage];
  }

  private record Kind(int familiar, List<Demand> demands) {}

  private static int[] kinds(List<ScheduledTask> tasks) {
    Map<Kind, Integer> numbers = new LinkedHashMap<>();
    return tasks.stream()
        .mapToInt(
            task -> numbers.computeIfAbsent(
                new Kind(task.familiar(), task.demands()), kind -> numbers.size()))
        .toArray();
  }

  private void refuseForeignFamiliars() {
    int known = model.familiars().size();
    for (int task = 0; task < size(); task++) {
      int familiar = task(task).familiar();
      if (familiar < 0 || familiar >= known) {
        throw new IllegalArgumentException(
            "task " + task + ": familiar " + familiar + " of " + known);
      }
    }
  }

  private void refuseHoldsForLaterTasks() {
    for (int task = 0; task < size(); task++) {
      for (int other : task(task).heldFor()) {
        if (other < 0 || other >= size() || place[other] >= place[task]) {
          throw new IllegalArgumentException(
              "task " + task + " leaves its slot to task " + other + ", which is not before it");
        }
      }
    }
  }

  private static int[][] predecessors(List<ScheduledTask> tasks, boolean needs) {
    return tasks.stream()
        .map(task -> needs ? task.needs() : task.after())
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private static int[][] group(int[] tasks, int[] keys, int groups) {
    int[] sizes = new int[groups];
    for (int task : tasks) {
      sizes[keys[task]]++;
    }
    int[][] members = new int[groups][];
    Arrays.setAll(members, key -> new int[sizes[key]]);
    int[] filled = new int[groups];
    for (int task : tasks) {
      members[keys[task]][filled[keys[task]]++] = task;
    }
    return members;
  }

  private void refuseEdgesAgainstStages() {
    for (int task = 0; task < stages.length; task++) {
      for (int[] successors : List.of(neededBy[task], followedBy[task])) {
        for (int successor : successors) {
          if (stages[successor] < stages[task]) {
            throw new IllegalArgumentException(
                "task " + successor + " waits for task " + task + " of a later stage");
          }
        }
      }
    }
  }
}
