package io.archmage.schedule;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers behind the limits over time. An attempt reserves one start, one call, and as many
 * tokens as the largest attempt of its familiar so far used; what it reports at its end takes the
 * place of that. Written to while one transition is made and never after.
 */
final class RateLedger {

  /** An attempt under way: when it was dispatched, and what it reserved then. */
  private record Flight(Instant start, long tokens, boolean settled) {}

  private final RateIndex index;
  private final SlidingWindow[] windows;
  private final long[] largest;
  private final TreeMap<Integer, Flight> flights;
  private Instant now;
  private final Wake wake;

  RateLedger(ScheduleModel model) {
    index = new RateIndex(model);
    windows = index.windows();
    largest = new long[model.familiars().size()];
    flights = new TreeMap<>();
    now = Instant.MIN;
    wake = new Wake();
  }

  private RateLedger(RateLedger other) {
    index = other.index;
    windows = Arrays.stream(other.windows).map(SlidingWindow::copy).toArray(SlidingWindow[]::new);
    largest = other.largest.clone();
    flights = new TreeMap<>(other.flights);
    now = other.now;
    wake = other.wake.copy();
  }

  /** A ledger to write the next state into. */
  RateLedger copy() {
    return index.size() == 0 ? this : new RateLedger(this);
  }

  /** Tells the time; an earlier one than before changes nothing. */
  void advance(Instant at) {
    if (index.size() > 0 && at.isAfter(now)) {
      now = at;
      for (SlidingWindow window : windows) {
        window.advance(now);
      }
    }
  }

  /** Whether every limit lets the familiar start now. */
  boolean admits(int familiar) {
    for (int number : index.limitsOf(familiar)) {
      if (!windows[number].admits(reservation(number, familiar))) {
        return false;
      }
    }
    return true;
  }

  /** The limit that holds the familiar back the longest, and until when; empty if none does. */
  Optional<WaitReason.Rate> wait(int familiar) {
    WaitReason.Rate longest = null;
    for (int number : index.limitsOf(familiar)) {
      long amount = reservation(number, familiar);
      if (!windows[number].admits(amount)) {
        Instant until = Scheduler.wholeMillis(windows[number].opening(amount, now));
        if (longest == null || until.isAfter(longest.until())) {
          longest = new WaitReason.Rate(index.limit(number), until);
        }
      }
    }
    return Optional.ofNullable(longest);
  }

  void start(int task, int familiar) {
    if (index.limitsOf(familiar).length > 0) {
      for (int number : index.limitsOf(familiar)) {
        windows[number].add(now, reservation(number, familiar));
      }
      flights.put(task, new Flight(now, largest[familiar], false));
    }
  }

  /**
   * Puts what an attempt under way says it used in the place of what it reserved; only the first
   * word counts. Its start counts from when its process started, calls beyond the first and tokens
   * from now. Without a figure for tokens the reservation stays.
   */
  void settle(int familiar, SchedulerEvent.AttemptUsed used) {
    Flight flight = flights.get(used.task());
    if (flight == null || flight.settled()) {
      return;
    }
    flights.put(used.task(), new Flight(flight.start(), flight.tokens(), true));
    for (int number : index.limitsOf(familiar)) {
      SlidingWindow window = windows[number];
      switch (index.limit(number)) {
        case RateLimit.Starts starts -> move(window, flight.start(), used.startedAt());
        case RateLimit.Calls calls -> {
          move(window, flight.start(), used.startedAt());
          if (used.calls() > 1) {
            window.add(now, used.calls() - 1);
          }
        }
        case RateLimit.Tokens tokens -> {
          if (used.tokens() > 0) {
            window.take(flight.start(), flight.tokens());
            window.add(now, used.tokens());
          }
        }
      }
      window.advance(now);
    }
    largest[familiar] = Math.max(largest[familiar], used.tokens());
  }

  void end(int task) {
    if (index.size() > 0) {
      flights.remove(task);
    }
  }

  /** When to look again. */
  Wake wake() {
    return wake;
  }

  private long reservation(int number, int familiar) {
    return index.limit(number) instanceof RateLimit.Tokens ? largest[familiar] : 1;
  }

  private void move(SlidingWindow window, Instant from, @Nullable Instant to) {
    if (to != null && to.isAfter(from)) {
      window.take(from, 1);
      window.add(to.isAfter(now) ? now : to, 1);
    }
  }
}
