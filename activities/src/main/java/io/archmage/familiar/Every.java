package io.archmage.familiar;

import java.time.Duration;

/** Tells when it is time again for something, by a clock that nobody sets. Not thread-safe. */
final class Every {

  private final long interval;
  private long due = System.nanoTime();

  /** Due at once and that long after each time. */
  Every(Duration interval) {
    this.interval = interval.toNanos();
  }

  /** The next time is an interval from now. */
  Every later() {
    due = System.nanoTime() + interval;
    return this;
  }

  /** Whether it is time; then the next one is an interval from now. */
  boolean isDue() {
    boolean now = System.nanoTime() - due >= 0;
    if (now) {
      later();
    }
    return now;
  }
}
