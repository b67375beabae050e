package io.archmage.schedule;

import io.archmage.schedule.search.OrderSearch;
import io.archmage.schedule.search.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for a better order than that by longest remaining path, and where the shortest run leaves
 * slots free for a while, for whom. What is found counts only if the simulated run becomes shorter
 * by it; limits over time are heeded there alone.
 */
public final class OrderImprovement {

  /** How many steps of timetables are looked at at most: some tenths of a second. */
  private static final long LIMIT = 10_000_000;

  /** For a small plan, for each pair of tasks. */
  private static final long LIMIT_PER_PAIR = 10_000;

  /** For larger plans a single timetable costs too much; the order by paths is close there. */
  private static final int MAX_TASKS = 2_000;

  private OrderImprovement() {}

  /**
   * The model in the best order known; deterministic.
   *
   * @param model in an order by urgency, then by longest remaining path
   * @param urgencies of each task, as {@link DispatchOrder#urgencies} gives them: none is more
   *     urgent than what it waits for; no task is put before a more urgent one of its stage
   * @param mayHold whether tasks may leave slots to others, which the estimates must be good for
   * @return the same model if nothing better was found
   */
  public static ScheduleModel of(
      ScheduleModel model, List<Integer> urgencies, boolean mayHold) {
    int size = model.tasks().size();
    if (size < 3 || size > MAX_TASKS) {
      return model;
    }
    Duration before = ScheduleSimulator.simulate(model).makespan();
    Project project = ModelProject.of(model, urgencies);
    if (before.toMillis() <= project.lowerBound()) {
      return model;
    }
    OrderSearch.Found found = OrderSearch.search(
        project,
        list(project, model),
        Math.min(LIMIT, LIMIT_PER_PAIR * size * size));
    if (found.makespan() >= before.toMillis()) {
      return model;
    }
    ScheduleModel ordered = ordered(model, project, found, List.of());
    ScheduleModel best = model;
    Duration after = ScheduleSimulator.simulate(ordered).makespan();
    if (after.compareTo(before) < 0) {
      best = ordered;
      before = after;
    }
    if (mayHold && found.makespan() < before.toMillis()) {
      List<List<Integer>> holds = new IdleSlots(project, found.starts()).holds();
      ScheduleModel held = ordered(model, project, found, holds);
      if (!holds.isEmpty()
          && ScheduleSimulator.simulate(held).makespan().compareTo(before) < 0) {
        best = held;
      }
    }
    return best;
  }

  private static int[] list(Project project, ScheduleModel model) {
    long[] keys = new long[project.size()];
    for (int task : project.topological()) {
      keys[task] = task < model.tasks().size() ? model.tasks().get(task).order() : 0;
      for (int before : project.predecessors(task)) {
        keys[task] = Math.max(keys[task], keys[before]);
      }
    }
    return project.sorted(keys);
  }

  private static ScheduleModel ordered(
      ScheduleModel model,
      Project project,
      OrderSearch.Found found,
      List<List<Integer>> holds) {
    int[] places = new int[model.tasks().size()];
    int place = 0;
    for (int task : project.sorted(found.starts())) {
      if (task < places.length) {
        places[task] = place++;
      }
    }
    List<ScheduledTask> tasks = new ArrayList<>(places.length);
    for (int task = 0; task < places.length; task++) {
      int own = task;
      List<Integer> heldFor =
          holds.isEmpty()
              ? List.of()
              : holds.get(task)
                  .stream()
                  .filter(other -> other < places.length && places[other] < places[own])
                  .sorted(Comparator.comparingInt(other -> places[other]))
                  .toList();
      tasks.add(model.tasks().get(task).at(places[task], heldFor));
    }
    return model.with(tasks);
  }
}
