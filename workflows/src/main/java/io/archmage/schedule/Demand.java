package io.archmage.schedule;

/**
 * How much of a resource a task holds while an attempt is under way.
 *
 * @param resource index into {@link ScheduleModel#resources()}
 * @param amount at least 1
 */
public record Demand(int resource, int amount) {

  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Demand {
    if (amount < 1) {
      throw new IllegalArgumentException("a demand must be at least 1, not " + amount);
    }
  }
}
