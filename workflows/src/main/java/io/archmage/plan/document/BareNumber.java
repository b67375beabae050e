package io.archmage.plan.document;

import java.math.BigDecimal;
import java.util.Optional;

/** What a number without a unit means where a duration is expected. */
public enum BareNumber {
  /** It is an error. */
  REFUSED(0),
  /** Milliseconds. */
  MILLISECONDS(1),
  /** Seconds, as in keys that end in {@code _s}. */
  SECONDS(1_000),
  /** Minutes, as in keys that end in {@code _minutes}. */
  MINUTES(60_000);

  private final long millis;

  BareNumber(long millis) {
    this.millis = millis;
  }

  /** The milliseconds of that many units, fractions allowed, or empty if numbers are refused. */
  Optional<BigDecimal> toMillis(BigDecimal amount) {
    return this == REFUSED
        ? Optional.empty()
        : Optional.of(amount.multiply(BigDecimal.valueOf(millis)));
  }
}
