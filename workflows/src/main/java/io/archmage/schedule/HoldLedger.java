package io.archmage.schedule;

import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When the latest attempt of each task began, where tasks leave slots free for others. Written to
 * while one transition is made and never after.
 */
final class HoldLedger {

  private final boolean used;
  private final TreeMap<Integer, Instant> begun;
  private Instant now;
  private @Nullable Instant wake;

  HoldLedger(ScheduleIndex index) {
    used = index.holds();
    begun = new TreeMap<>();
    now = Instant.MIN;
  }

  private HoldLedger(HoldLedger other) {
    used = true;
    begun = new TreeMap<>(other.begun);
    now = other.now;
    wake = other.wake;
  }

  /** A ledger to write the next state into. */
  HoldLedger copy() {
    return used ? new HoldLedger(this) : this;
  }

  boolean used() {
    return used;
  }

  /** Tells the time; an earlier one than before changes nothing. */
  void advance(Instant at) {
    if (used && at.isAfter(now)) {
      now = at;
    }
  }

  Instant now() {
    return now;
  }

  void start(int task) {
    if (used) {
      begun.put(task, now);
    }
  }

  /** When the task's latest attempt began; null if it had none. */
  @Nullable
  Instant begun(int task) {
    return begun.get(task);
  }

  /** Whether somebody must be told to come back then: nobody comes back sooner. */
  boolean wakes(Instant at) {
    if (wake != null && !at.isBefore(wake)) {
      return false;
    }
    wake = at;
    return true;
  }

  /** Somebody came back who was told to at that time. */
  void woken(Instant at) {
    if (at.equals(wake)) {
      wake = null;
    }
  }
}
