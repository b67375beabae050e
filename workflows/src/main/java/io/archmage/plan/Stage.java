package io.archmage.plan;

import java.util.List;

/**
 * A written-out stage of a staged plan.
 *
 * @param number the stage's ordinal; stages run in ascending order
 * @param parallel whether its tasks may overlap; if not they run in listed order
 * @param tasks its tasks in listed order, not empty
 */
public record Stage(int number, boolean parallel, List<TaskId> tasks) {

  /** Copies the list. */
  public Stage {
    tasks = List.copyOf(tasks);
  }
}
