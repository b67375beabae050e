package io.archmage.schedule;

import java.time.Duration;

/**
 * When a failed attempt is followed by another.
 *
 * @param maxRetries attempts beyond the first, at least 0
 * @param delay pause before the first retry, not negative
 * @param coefficient factor on the pause for every further retry, at least 1
 */
public record RetryRule(int maxRetries, Duration delay, double coefficient) {

  /** Two retries, five seconds apart. */
  public static final RetryRule DEFAULT = new RetryRule(2, Duration.ofSeconds(5), 1.0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public RetryRule {
    if (maxRetries < 0 || delay.isNegative() || !(coefficient >= 1.0)) {
      throw new IllegalArgumentException("retries and delay must not be negative, factor >= 1");
    }
  }

  /**
   * The pause before a retry.
   *
   * @param retry 1 for the first retry
   * @return at most one day
   */
  public Duration delayBefore(int retry) {
    double millis = delay.toMillis() * Math.pow(coefficient, retry - 1.0);
    return Duration.ofMillis((long) Math.min(millis, (double) Duration.ofDays(1).toMillis()));
  }
}
