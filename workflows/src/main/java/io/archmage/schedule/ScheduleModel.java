package io.archmage.schedule;

import java.util.List;

/**
 * The unchanging input of scheduling: an acyclic graph, its order and its limits.
 *
 * @param tasks in declared order; an index into this list names a task everywhere
 * @param familiars the familiars used, with their instances
 * @param maxParallel attempts in flight at once over all familiars, at least 1
 * @param barrier whether a stage starts only when every task of the stages before it has ended
 * @param retry the rule for failed attempts
 * @param person when a task waits for a person
 */
public record ScheduleModel(
    List<ScheduledTask> tasks,
    List<FamiliarCap> familiars,
    int maxParallel,
    boolean barrier,
    RetryRule retry,
    PersonRule person) {

  /**
   * Copies the lists and checks the limit.
   *
   * @throws IllegalArgumentException if maxParallel is below 1
   */
  public ScheduleModel {
    tasks = List.copyOf(tasks);
    familiars = List.copyOf(familiars);
    if (maxParallel < 1) {
      throw new IllegalArgumentException("maxParallel must be at least 1");
    }
  }

  /** A model of a run that never asks a person. */
  public ScheduleModel(
      List<ScheduledTask> tasks,
      List<FamiliarCap> familiars,
      int maxParallel,
      boolean barrier,
      RetryRule retry) {
    this(tasks, familiars, maxParallel, barrier, retry, PersonRule.NEVER);
  }
}
