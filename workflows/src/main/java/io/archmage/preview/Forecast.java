package io.archmage.preview;

import io.archmage.schedule.CriticalPath;
import io.archmage.schedule.Limit;
import io.archmage.schedule.LowerBound;
import io.archmage.schedule.ScheduleModel;
import io.archmage.schedule.ScheduleSimulator;
import io.archmage.schedule.ScheduledTask;
import io.archmage.schedule.Simulation;
import io.archmage.schedule.Simulation.SimulatedTask;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The times of a run by its estimates, with the scheduler and the limits of real runs: every task
 * succeeds at once and merging takes no time.
 *
 * @param tasks in declared order
 * @param makespan when the last task ends
 * @param lowerBound no schedule can be shorter; barriers are not counted
 * @param barrierBound the same with barriers, or null for a plan without
 * @param sequential all estimates added up
 * @param peakParallelism the most tasks under way at once
 * @param slots what limits that: the smaller of max_parallel and all instances of the familiars
 * @param criticalPath indices of the longest chain of tasks, first to last
 * @param limits what keeps the run from being shorter, the one with the largest bound first
 */
public record Forecast(
    List<Times> tasks,
    Duration makespan,
    Duration lowerBound,
    @Nullable Duration barrierBound,
    Duration sequential,
    int peakParallelism,
    int slots,
    List<Integer> criticalPath,
    List<Limit> limits) {

  /** Copies the lists. */
  public Forecast {
    tasks = List.copyOf(tasks);
    criticalPath = List.copyOf(criticalPath);
    limits = List.copyOf(limits);
  }

  /**
   * A task's part, counted from the run's start.
   *
   * @param ready when all that it waits for has ended, and only a slot may be missing
   * @param start when it begins
   * @param finish when it ends
   */
  public record Times(Duration ready, Duration start, Duration finish) {}

  /** Plays a run of the model; it knows nothing of the plan that the workflow does not know. */
  public static Forecast of(ScheduleModel model) {
    Simulation simulation = ScheduleSimulator.simulate(model);
    List<Duration> estimates = model.tasks().stream().map(ScheduledTask::estimate).toList();
    return new Forecast(
        times(model, simulation),
        simulation.makespan(),
        LowerBound.of(model, estimates).value(),
        model.barrier() ? LowerBound.barrierBound(model, estimates) : null,
        estimates.stream().reduce(Duration.ZERO, Duration::plus),
        simulation.maxParallelism(),
        model.slots(),
        CriticalPath.of(model, estimates).tasks(),
        Limit.of(model, simulation.makespan()));
  }

  /** Sequential time by makespan; 0 for a run without tasks. */
  public double speedup() {
    return makespan.isZero() ? 0 : (double) sequential.toMillis() / makespan.toMillis();
  }

  /** Share of the sequential time that is saved, in percent. */
  public double timeReductionPercent() {
    return sequential.isZero()
        ? 0
        : 100.0 * (sequential.toMillis() - makespan.toMillis()) / sequential.toMillis();
  }

  private static List<Times> times(ScheduleModel model, Simulation simulation) {
    TreeMap<Integer, Duration> stageEnds = new TreeMap<>();
    for (int task = 0; model.barrier() && task < model.tasks().size(); task++) {
      stageEnds.merge(
          model.tasks().get(task).stage(), finish(simulation, task), Forecast::later);
    }
    TreeMap<Integer, Duration> stageStarts = new TreeMap<>();
    Duration begun = Duration.ZERO;
    for (var stage : stageEnds.entrySet()) {
      stageStarts.put(stage.getKey(), begun);
      begun = later(begun, stage.getValue());
    }
    return IntStream.range(0, model.tasks().size())
        .mapToObj(
            task -> {
              ScheduledTask scheduled = model.tasks().get(task);
              Duration ready = stageStarts.getOrDefault(scheduled.stage(), Duration.ZERO);
              for (List<Integer> before : List.of(scheduled.needs(), scheduled.after())) {
                for (int other : before) {
                  ready = later(ready, finish(simulation, other));
                }
              }
              return new Times(ready, start(simulation, task), finish(simulation, task));
            })
        .toList();
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration start(Simulation simulation, int task) {
    return ran(simulation.tasks().get(task).start(), task);
  }

  private static Duration finish(Simulation simulation, int task) {
    SimulatedTask simulated = simulation.tasks().get(task);
    return ran(simulated.finish(), task);
  }

  private static Duration ran(@Nullable Duration time, int task) {
    return Objects.requireNonNull(time, () -> "task " + task + " never ran");
  }
}
