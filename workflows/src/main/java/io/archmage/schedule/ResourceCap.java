package io.archmage.schedule;

/**
 * Something that tasks share, such as a database or a graphics card.
 *
 * @param name as configured
 * @param capacity how much of it there is, at least 1; with 1 its tasks exclude each other
 */
public record ResourceCap(String name, int capacity) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if the capacity is below 1
   */
  public ResourceCap {
    if (capacity < 1) {
      throw new IllegalArgumentException(name + ": capacity must be at least 1");
    }
  }
}
