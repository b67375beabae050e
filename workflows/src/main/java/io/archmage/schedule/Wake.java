package io.archmage.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When somebody was told to come back; written to while one transition is made. */
final class Wake {

  private @Nullable Instant at;

  Wake() {}

  private Wake(Wake other) {
    at = other.at;
  }

  Wake copy() {
    return new Wake(this);
  }

  /** Whether somebody must be told to come back then: nobody comes back sooner. */
  boolean sets(Instant time) {
    if (at != null && !time.isBefore(at)) {
      return false;
    }
    at = time;
    return true;
  }

  /** Somebody came back who was told to at that time. */
  void came(Instant time) {
    if (time.equals(at)) {
      at = null;
    }
  }
}
