package io.archmage.schedule;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The unchanging input of scheduling: an acyclic graph, its order and its limits.
 *
 * @param tasks in declared order; an index into this list names a task everywhere
 * @param familiars the familiars used, with their instances
 * @param maxParallel attempts in flight at once over all familiars, at least 1
 * @param barrier whether a stage starts only when every task of the stages before it has ended
 * @param retry the rule for failed attempts
 * @param rates limits over time
 * @param failFast whether the first task that fails for good ends the run
 * @param person when a task waits for a person
 * @param rollback what is recorded and undone
 * @param resources what tasks share beside slots and instances
 */
public record ScheduleModel(
    List<ScheduledTask> tasks,
    List<FamiliarCap> familiars,
    int maxParallel,
    boolean barrier,
    RetryRule retry,
    RateLimits rates,
    boolean failFast,
    PersonRule person,
    RollbackRule rollback,
    List<ResourceCap> resources) {

  /**
   * Copies the lists and checks the limits.
   *
   * @throws IllegalArgumentException if maxParallel is below 1, a rate is of no familiar, or a task
   *     demands what there is not
   */
  public ScheduleModel {
    tasks = List.copyOf(tasks);
    familiars = List.copyOf(familiars);
    resources = List.copyOf(resources);
    if (maxParallel < 1) {
      throw new IllegalArgumentException("maxParallel must be at least 1");
    }
    for (int familiar : rates.familiars().keySet()) {
      if (familiar < 0 || familiar >= familiars.size()) {
        throw new IllegalArgumentException("a rate of familiar " + familiar + ", which is none");
      }
    }
    for (ScheduledTask task : tasks) {
      for (Demand demand : task.demands()) {
        if (demand.resource() < 0
            || demand.resource() >= resources.size()
            || demand.amount() > resources.get(demand.resource()).capacity()) {
          throw new IllegalArgumentException(task.id() + ": there is not that much: " + demand);
        }
      }
    }
  }

  /**
   * A model without limits over time that goes on after failures, never asks a person and undoes
   * nothing.
   *
   * @throws IllegalArgumentException if maxParallel is below 1
   */
  public ScheduleModel(
      List<ScheduledTask> tasks,
      List<FamiliarCap> familiars,
      int maxParallel,
      boolean barrier,
      RetryRule retry) {
    this(
        tasks,
        familiars,
        maxParallel,
        barrier,
        retry,
        RateLimits.NONE,
        false,
        PersonRule.NEVER,
        RollbackRule.NONE,
        List.of());
  }

  /** The same with one more attempt in flight. */
  ScheduleModel withOneMoreSlot() {
    return with(familiars, maxParallel + 1, resources);
  }

  /** The same with one more instance of a familiar. */
  ScheduleModel withOneMoreInstance(int familiar) {
    FamiliarCap cap = familiars.get(familiar);
    return with(
        replaced(familiars, familiar, new FamiliarCap(cap.name(), cap.instances() + 1)),
        maxParallel,
        resources);
  }

  /** The same with one more of a resource. */
  ScheduleModel withOneMoreResource(int resource) {
    ResourceCap cap = resources.get(resource);
    return with(
        familiars,
        maxParallel,
        replaced(resources, resource, new ResourceCap(cap.name(), cap.capacity() + 1)));
  }

  private ScheduleModel with(List<FamiliarCap> caps, int slots, List<ResourceCap> shared) {
    return new ScheduleModel(
        tasks, caps, slots, barrier, retry, rates, failFast, person, rollback, shared);
  }

  private static <T> List<T> replaced(List<T> list, int index, T entry) {
    return IntStream.range(0, list.size())
        .mapToObj(i -> i == index ? entry : list.get(i))
        .toList();
  }

  /** The same limits for other tasks. */
  ScheduleModel with(List<ScheduledTask> others) {
    return new ScheduleModel(
        others, familiars, maxParallel, barrier, retry, rates, failFast, person, rollback,
        resources);
  }

  /**
   * How many attempts can be under way at once: the smaller of maxParallel and all instances of the
   * familiars, Archmage's own steps not counted.
   */
  public int slots() {
    long instances =
        familiars.stream()
            .filter(familiar -> !familiar.ownSteps())
            .mapToLong(FamiliarCap::instances)
            .sum();
    return (int) Math.min(maxParallel, instances);
  }
}
