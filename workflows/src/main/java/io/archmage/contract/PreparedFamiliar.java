package io.archmage.contract;

import io.archmage.schedule.FamiliarCap;

/**
 * A familiar that the plan uses.
 *
 * @param name its name
 * @param instances how many of its tasks may run at once
 */
@Wire
public record PreparedFamiliar(String name, int instances) {

  /** As the scheduler knows it. */
  public FamiliarCap cap() {
    return new FamiliarCap(name, instances);
  }
}
