package io.archmage.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task that could start leaves its slot to others that are about to: only while these are
 * expected, by the estimates of the attempts under way, to start before the task would end, and
 * would not fit beside it. No attempt is waited for longer than its estimate and a tenth of that.
 * Later tasks in order do not take what an earlier one left free.
 */
final class SlotHolds {

  private static final int TOLERANCE = 10;

  /** How long a merge is waited for at least. */
  private static final Duration MERGE = Duration.ofSeconds(30);

  private final ScheduleLedger ledger;
  private final TreeMap<Integer, Optional<Expected>> expected = new TreeMap<>();
  private final TreeSet<Integer> reserved = new TreeSet<>();
  private @Nullable List<Integer> underWay;

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

  /** An attempt was dispatched, which changes what is expected. */
  void dispatched() {
    expected.clear();
    reserved.clear();
    underWay = null;
  }

  /** Whom the task leaves its slot to, and until when that is not weighed again. */
  Optional<WaitReason.Held> of(int task) {
    ScheduledTask scheduled = ledger.index().task(task);
    if (scheduled.heldFor().isEmpty() && reserved.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<Integer> others = new TreeSet<>(reserved);
    others.addAll(scheduled.heldFor());
    Instant end = ledger.holds().now().plus(scheduled.estimate());
    List<Integer> coming = new ArrayList<>();
    Instant first = end;
    Instant until = Instant.MAX;
    for (int other : others) {
      Optional<Expected> start = start(other);
      if (start.isPresent() && start.get().at().isBefore(end) && start.get().until() != null) {
        coming.add(other);
        first = start.get().at().isBefore(first) ? start.get().at() : first;
        until = Objects.requireNonNull(Expected.earlier(until, start.get().until()));
      }
    }
    if (coming.isEmpty() || fits(task, coming, first)) {
      return Optional.empty();
    }
    reserved.addAll(coming);
    return Optional.of(new WaitReason.Held(coming.getFirst(), until));
  }

  /** Whether all fit beside each other once the attempts have ended that end until then. */
  private boolean fits(int task, List<Integer> others, Instant at) {
    SlotLedger slots = ledger.slots().copy();
    for (int running : underWay()) {
      Optional<Expected> end = endOfAttempt(running);
      if (end.isPresent() && !end.get().at().isAfter(at)) {
        slots.free(running);
      }
    }
    slots.take(task);
    for (int other : others) {
      if (!slots.admits(other)) {
        return false;
      }
      slots.take(other);
    }
    return true;
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
    List<Integer> open = new ArrayList<>(scheduled.needs());
    scheduled.after().stream().filter(before -> !ledger.settled(before)).forEach(open::add);
    for (int predecessor : open) {
      Optional<Expected> end = end(predecessor);
      if (end.isEmpty()) {
        return end;
      }
      latest = latest.and(end.get());
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
    Instant merging = ledger.holds().merging(task);
    if (begun == null) {
      return Optional.empty();
    }
    Duration tolerance = estimate.dividedBy(TOLERANCE);
    Instant end = merging == null ? begun.plus(estimate) : merging;
    Instant until =
        Scheduler.wholeMillis(
            end.plus(merging != null && tolerance.compareTo(MERGE) < 0 ? MERGE : tolerance));
    if (!now.isBefore(until)) {
      return Optional.empty();
    }
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
    if (underWay == null) {
      List<Integer> running = new ArrayList<>();
      for (int task = 0; task < ledger.index().size(); task++) {
        if (ledger.attemptInFlight(task)) {
          running.add(task);
        }
      }
      running.sort(
          Comparator.comparing(
              task -> endOfAttempt(task).map(Expected::at).orElse(Instant.MAX)));
      underWay = running;
    }
    return underWay;
  }
}
