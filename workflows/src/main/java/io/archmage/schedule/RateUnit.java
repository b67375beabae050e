package io.archmage.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;

/** The span of time that a rate counts in. */
public enum RateUnit {
  /** One second. */
  SECOND(Duration.ofSeconds(1)),
  /** Sixty seconds. */
  MINUTE(Duration.ofMinutes(1)),
  /** Sixty minutes. */
  HOUR(Duration.ofHours(1));

  private final Duration span;

  RateUnit(Duration span) {
    this.span = span;
  }

  /** How long it is. */
  public Duration span() {
    return span;
  }

  /** The name in documents: lower case. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
