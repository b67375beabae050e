package io.archmage.schedule;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is needed where tasks leave slots free for others: since when attempts run and are merged,
 * and who waits for whom now. Written to while one transition is made and never after.
 */
final class HoldLedger {

  private final boolean used;
  private final TreeMap<Integer, Instant> begun;
  private final TreeMap<Integer, Instant> merging;
  private final TreeMap<Integer, WaitReason.Held> held;
  private Instant now;
  private @Nullable Instant wake;

  HoldLedger(ScheduleIndex index) {
    used = index.holds();
    begun = new TreeMap<>();
    merging = new TreeMap<>();
    held = new TreeMap<>();
    now = Instant.MIN;
  }

  private HoldLedger(HoldLedger other) {
    used = true;
    begun = new TreeMap<>(other.begun);
    merging = new TreeMap<>(other.merging);
    held = new TreeMap<>(other.held);
    now = other.now;
    wake = other.wake;
  }

  /** A ledger to write the next state into. */
  HoldLedger copy() {
    return used ? new HoldLedger(this) : this;
  }

  /** Whether some task leaves its slot to others. */
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
      merging.remove(task);
    }
  }

  void merge(int task) {
    if (used) {
      merging.put(task, now);
    }
  }

  void end(int task) {
    if (used) {
      begun.remove(task);
      merging.remove(task);
    }
  }

  /** When the attempt under way began; null if there is none. */
  @Nullable
  Instant begun(int task) {
    return begun.get(task);
  }

  /** Since when the task's work is merged; null if it is not. */
  @Nullable
  Instant merging(int task) {
    return merging.get(task);
  }

  /** Nobody leaves a slot to anybody until it is said again. */
  void weighAgain() {
    if (used) {
      held.clear();
    }
  }

  void hold(int task, WaitReason.Held reason) {
    held.put(task, reason);
  }

  /** Whom the task leaves its slot to. */
  Optional<WaitReason.Held> reason(int task) {
    return Optional.ofNullable(held.get(task));
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
