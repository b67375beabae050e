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
  private final Wake wake;

  HoldLedger(ScheduleIndex index) {
    used = index.holds();
    begun = new TreeMap<>();
    merging = new TreeMap<>();
    held = new TreeMap<>();
    now = Instant.MIN;
    wake = new Wake();
  }

  private HoldLedger(HoldLedger other) {
    used = true;
    begun = new TreeMap<>(other.begun);
    merging = new TreeMap<>(other.merging);
    held = new TreeMap<>(other.held);
    now = other.now;
    wake = other.wake.copy();
  }

  /** A ledger to write the next state into. */
  HoldLedger copy() {
    return used ? new HoldLedger(this) : this;
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

  /** When to look again. */
  Wake wake() {
    return wake;
  }
}
