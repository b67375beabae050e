package io.archmage.schedule;

import io.archmage.plan.FamiliarName;

/**
 * A familiar's share of the slots.
 *
 * @param name the familiar's name
 * @param instances how many of its tasks may run at once, at least 1
 */
public record FamiliarCap(String name, int instances) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if instances is below 1
   */
  public FamiliarCap {
    if (instances < 1) {
      throw new IllegalArgumentException(name + ": instances must be at least 1");
    }
  }

  /** Whether its tasks are steps of Archmage's own, which start nothing and end at once. */
  public boolean ownSteps() {
    return name.equals(FamiliarName.ARCHMAGE.value());
  }
}
