package io.archmage.schedule;

import java.time.Duration;

/** One limit on what a run may use in a span of time. */
public sealed interface RateLimit {

  /** How long the span is in which {@link #amount()} is allowed. */
  Duration span();

  /** How much is allowed in any such span, at least 1. */
  long amount();

  /**
   * Attempts of one familiar, retries included.
   *
   * @param familiar its name
   * @param rate how many may start
   */
  record Starts(String familiar, Rate rate) implements RateLimit {
    @Override
    public Duration span() {
      return rate.unit().span();
    }

    @Override
    public long amount() {
      return rate.starts();
    }
  }

  /** Calls of all familiars together: one for each start, and what an attempt reports beyond. */
  record Calls(int perMinute) implements RateLimit {
    @Override
    public Duration span() {
      return RateUnit.MINUTE.span();
    }

    @Override
    public long amount() {
      return perMinute;
    }
  }

  /** Tokens of all familiars together, read and written ones. */
  record Tokens(long perMinute) implements RateLimit {
    @Override
    public Duration span() {
      return RateUnit.MINUTE.span();
    }

    @Override
    public long amount() {
      return perMinute;
    }
  }
}
