package io.archmage.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task that could start leaves its slot to another one that is about to: only while that
 * one is expected, by the estimates of the attempts under way, to start before the task would end,
 * and never longer than an estimate and a tenth of it.
 */
final class SlotHolds {

  private static final int TOLERANCE = 10;

  private final ScheduleLedger ledger;
  private final TreeMap<Integer, Optional<Expected>> expected = new TreeMap<>();

  SlotHolds(ScheduleLedger ledger) {
    this.ledger = ledger;
  }

  /** A time, and until when it is worth waiting for; null for as long as it takes. */
  private record Expected(Instant at, @Nullable Instant until) {

    Expected and(Expected other) {
      return new Expected(
          at.isAfter(other.at) ? at : other.at, earlier(until, other.until));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
      return one == null || other != null && other.isBefore(one) ? other : one;
    }
  }

  /** Whom the task leaves its slot to, and how long at most. */
  Optional<WaitReason.Held> of(int task) {
    ScheduledTask scheduled = ledger.index().task(task);
    if (scheduled.heldFor().isEmpty()) {
      return Optional.empty();
    }
    Instant end = ledger.holds().now().plus(scheduled.estimate());
    for (int other : scheduled.heldFor()) {
      Optional<Expected> start = start(other);
      if (start.isPresent() && start.get().at().isBefore(end) && start.get().until() != null) {
        return Optional.of(new WaitReason.Held(other, start.get().until()));
      }
    }
    return Optional.empty();
  }

  /** When a task that has not begun is expected to; empty if nobody can tell. */
  private Optional<Expected> start(int task) {
    Optional<Expected> known = expected.get(task);
    if (known == null) {
      known = switch (ledger.status(task)) {
        case BLOCKED -> onceReady(task);
        case READY -> onceFree(task);
        case WAITING, RUNNING, AWAITING_PERSON, SUCCEEDED, FAILED, SKIPPED, ROLLED_BACK,
            CANCELLED ->
          Optional.empty();
      };
      expected.put(task, known);
    }
    return known;
  }

  private Optional<Expected> onceReady(int task) {
    ScheduledTask scheduled = ledger.index().task(task);
    Expected latest = new Expected(ledger.holds().now(), null);
    for (List<Integer> predecessors : List.of(scheduled.needs(), scheduled.after())) {
      for (int predecessor : predecessors) {
        Optional<Expected> end = end(predecessor);
        if (end.isEmpty()) {
          return end;
        }
        latest = latest.and(end.get());
      }
    }
    return Optional.of(latest);
  }

  private Optional<Expected> end(int task) {
    return switch (ledger.status(task)) {
      case SUCCEEDED -> Optional.of(new Expected(ledger.holds().now(), null));
      case RUNNING -> endOfAttempt(task);
      case BLOCKED, READY ->
        start(task)
            .map(
                start -> new Expected(
                    start.at().plus(ledger.index().task(task).estimate()), start.until()));
      case WAITING, AWAITING_PERSON, FAILED, SKIPPED, ROLLED_BACK, CANCELLED -> Optional.empty();
    };
  }

  private Optional<Expected> endOfAttempt(int task) {
    Instant now = ledger.holds().now();
    Instant begun = ledger.holds().begun(task);
    Duration estimate = ledger.index().task(task).estimate();
    if (begun == null) {
      return Optional.empty();
    }
    Instant until =
        Scheduler.wholeMillis(begun.plus(estimate).plus(estimate.dividedBy(TOLERANCE)));
    if (!now.isBefore(until)) {
      return Optional.empty();
    }
    Instant end = begun.plus(estimate);
    return Optional.of(new Expected(end.isBefore(now) ? now : end, until));
  }

  /** When enough of what is under way has ended; a limit over time tells no such time. */
  private Optional<Expected> onceFree(int task) {
    SlotLedger slots = ledger.slots().copy();
    if (slots.admits(task)) {
      return ledger.rates().admits(ledger.index().task(task).familiar())
          ? Optional.of(new Expected(ledger.holds().now(), null))
          : Optional.empty();
    }
    Expected free = new Expected(ledger.holds().now(), null);
    for (int running : underWay()) {
      Optional<Expected> end = endOfAttempt(running);
      if (end.isEmpty()) {
        return end;
      }
      free = free.and(end.get());
      slots.free(running);
      if (slots.admits(task)) {
        return Optional.of(free);
      }
    }
    return Optional.empty();
  }

  /** Attempts that hold something, the one expected to end first first. */
  private List<Integer> underWay() {
    List<Integer> running = new ArrayList<>();
    for (int task = 0; task < ledger.index().size(); task++) {
      if (ledger.attemptInFlight(task)) {
        running.add(task);
      }
    }
    running.sort(
        Comparator.comparing(
            task -> endOfAttempt(task).map(Expected::at).orElse(Instant.MAX)));
    return running;
  }
}
