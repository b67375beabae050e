package io.archmage.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What no schedule can beat, by several arguments; the barrier is ignored.
 *
 * @param criticalPath the longest chain of tasks that wait for each other
 * @param workPerSlot all run times, divided by the slots: the smaller of {@link
 *     ScheduleModel#maxParallel()} and the instances of all familiars with tasks
 * @param workPerInstance the longest, over the familiars, of their run times divided by their
 *     instances
 * @param resources where tasks share resources, the longest, over these, slots and familiars, of
 *     what must be done between the end of some chains and the begin of others, divided by the
 *     capacity; zero for models without resources
 */
public record LowerBound(
    Duration criticalPath, Duration workPerSlot, Duration workPerInstance, Duration resources) {

  /** The largest of them. */
  public Duration value() {
    return Collections.max(List.of(criticalPath, workPerSlot, workPerInstance, resources));
  }

  /**
   * The bound for the whole model.
   *
   * @param model the graph and its limits
   * @param runTimes of each task, not negative
   * @throws IllegalArgumentException if there are not as many run times as tasks, or a cycle
   */
  public static LowerBound of(ScheduleModel model, List<Duration> runTimes) {
    CriticalPath.requireOnePerTask(model, runTimes);
    PrecedenceGraph graph = PrecedenceGraph.of(model);
    return of(model, runTimes, all(model), graph.upwardRanks(runTimes))
        .and(ofResources(model, runTimes, false));
  }

  private LowerBound and(Duration bound) {
    return new LowerBound(criticalPath, workPerSlot, workPerInstance, bound);
  }

  private static Duration ofResources(
      ScheduleModel model, List<Duration> runTimes, boolean barrier) {
    return model.resources().isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis(ModelProject.ofRunTimes(model, runTimes, barrier).lowerBound());
  }

  /**
   * The bound for stages that run one after another: the sum of the bounds of each.
   *
   * @param model the graph and its limits; {@link ScheduleModel#barrier()} is not looked at
   * @param runTimes of each task, not negative
   * @throws IllegalArgumentException if there are not as many run times as tasks, or a cycle
   */
  public static Duration barrierBound(ScheduleModel model, List<Duration> runTimes) {
    CriticalPath.requireOnePerTask(model, runTimes);
    TreeMap<Integer, List<Integer>> stages = new TreeMap<>();
    for (int task : all(model)) {
      int stage = model.tasks().get(task).stage();
      stages.computeIfAbsent(stage, number -> new ArrayList<>()).add(task);
    }
    Duration[] ranks = withinStages(model).upwardRanks(runTimes);
    Duration byStages =
        stages.values()
            .stream()
            .map(tasks -> of(model, runTimes, tasks, ranks).value())
            .reduce(Duration.ZERO, Duration::plus);
    Duration shared = ofResources(model, runTimes, true);
    return byStages.compareTo(shared) > 0 ? byStages : shared;
  }

  private static LowerBound of(
      ScheduleModel model, List<Duration> runTimes, List<Integer> tasks, Duration[] ranks) {
    Duration[] workOf = new Duration[model.familiars().size()];
    Duration longestPath = Duration.ZERO;
    Duration work = Duration.ZERO;
    for (int task : tasks) {
      int familiar = model.tasks().get(task).familiar();
      Duration soFar = workOf[familiar] == null ? Duration.ZERO : workOf[familiar];
      workOf[familiar] = soFar.plus(runTimes.get(task));
      work = work.plus(runTimes.get(task));
      longestPath = Collections.max(List.of(longestPath, ranks[task]));
    }
    List<Integer> used =
        IntStream.range(0, workOf.length).filter(f -> workOf[f] != null).boxed().toList();
    long instances = used.stream().mapToLong(f -> model.familiars().get(f).instances()).sum();
    long slots = Math.max(1, Math.min(model.maxParallel(), instances));
    Duration perInstance =
        used.stream()
            .map(f -> workOf[f].dividedBy(model.familiars().get(f).instances()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new LowerBound(
        longestPath, work.dividedBy(slots), perInstance, Duration.ZERO);
  }

  private static PrecedenceGraph withinStages(ScheduleModel model) {
    List<ScheduledTask> tasks = model.tasks();
    List<ScheduledTask> filtered = new ArrayList<>();
    for (ScheduledTask task : tasks) {
      filtered.add(
          new ScheduledTask(
              task.id(),
              task.familiar(),
              task.needs().stream().filter(t -> tasks.get(t).stage() == task.stage()).toList(),
              task.after().stream().filter(t -> tasks.get(t).stage() == task.stage()).toList(),
              task.stage(),
              task.order(),
              task.estimate()));
    }
    return PrecedenceGraph.of(
        new ScheduleModel(
            filtered, model.familiars(), model.maxParallel(), model.barrier(), model.retry()));
  }

  private static List<Integer> all(ScheduleModel model) {
    return IntStream.range(0, model.tasks().size()).boxed().toList();
  }
}
