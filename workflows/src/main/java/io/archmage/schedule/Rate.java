package io.archmage.schedule;

/**
 * How often something may start: in no span of the unit's length, whenever it begins, more often
 * than that.
 *
 * @param starts at least 1, at most {@value #MAX_STARTS}
 * @param unit the length of the span
 */
public record Rate(int starts, RateUnit unit) {

  /** The largest rate that can be asked for. */
  public static final int MAX_STARTS = 1_000_000;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Rate {
    if (starts < 1 || starts > MAX_STARTS) {
      throw new IllegalArgumentException("starts must be from 1 to " + MAX_STARTS);
    }
  }

  /** The rate as documents write it, such as {@code 10/minute}. */
  public String text() {
    return starts + "/" + unit.key();
  }

  @Override
  public String toString() {
    return text();
  }
}
