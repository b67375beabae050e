package io.archmage.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time, and what is to happen when; at one instant in the order in which it was set. */
final class Agenda {

  private record Entry(long at, long number, Runnable action) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::at).thenComparingLong(Entry::number));
  private long now;
  private long number;

  /** Milliseconds since the beginning. */
  long now() {
    return now;
  }

  Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  /** Lets it happen after so many milliseconds. */
  void in(long delay, Runnable action) {
    entries.add(new Entry(now + Math.max(0, delay), ++number, action));
  }

  /** Lets it happen now, before everything else. */
  void first(Runnable action) {
    entries.add(new Entry(now, -1, action));
  }

  /** Goes on to whatever is next; false if there is nothing. */
  boolean step() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.action().run();
    return true;
  }
}
