package io.archmage.schedule;

import java.time.Duration;
import java.util.List;

/**
 * What the scheduler knows of a task.
 *
 * @param id for people; the scheduler itself works with indices
 * @param familiar index into {@link ScheduleModel#familiars()}
 * @param needs indices of tasks that must have succeeded first, ascending
 * @param after indices of tasks that must merely have ended first, ascending; one that never ran
 *     counts as ended only once all tasks before it do
 * @param stage 0-based stage for the barrier, 0 for all tasks of a plan without stages
 * @param order position in the dispatch order, unique: the lowest ready one goes first
 * @param estimate expected run time, positive
 * @param demands what it holds of the resources, ascending, each resource once
 * @param heldFor indices of tasks, earlier in the order, for which this one leaves a slot free as
 *     long as they are expected to start before it would end
 */
public record ScheduledTask(
    String id,
    int familiar,
    List<Integer> needs,
    List<Integer> after,
    int stage,
    int order,
    Duration estimate,
    List<Demand> demands,
    List<Integer> heldFor) {

  /** Copies the lists. */
  public ScheduledTask {
    needs = List.copyOf(needs);
    after = List.copyOf(after);
    demands = List.copyOf(demands);
    heldFor = List.copyOf(heldFor);
  }

  /** A task that shares no resource and leaves no slot free. */
  public ScheduledTask(
      String id,
      int familiar,
      List<Integer> needs,
      List<Integer> after,
      int stage,
      int order,
      Duration estimate) {
    this(id, familiar, needs, after, stage, order, estimate, List.of(), List.of());
  }

  /** The same task at another place of the order. */
  ScheduledTask at(int place, List<Integer> heldFor) {
    return new ScheduledTask(
        id, familiar, needs, after, stage, place, estimate, demands, heldFor);
  }
}
