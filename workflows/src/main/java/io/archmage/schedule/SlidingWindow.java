package io.archmage.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What was used in the last span of time, and when. Amounts at the same instant are one entry;
 * what is a whole span old no longer counts. Copies share the entries until one of them writes.
 */
final class SlidingWindow {
  private final Duration span;
  private final long limit;
  private Instant[] instants;
  private long[] amounts;
  private int from;
  private int to;
  private long sum;
  private boolean owned;

  SlidingWindow(RateLimit rate) {
    span = rate.span();
    limit = rate.amount();
    instants = new Instant[0];
    amounts = new long[0];
  }

  private SlidingWindow(SlidingWindow other) {
    span = other.span;
    limit = other.limit;
    instants = other.instants;
    amounts = other.amounts;
    from = other.from;
    to = other.to;
    sum = other.sum;
  }

  /** A window with the same entries; this one must not be written to any more. */
  SlidingWindow copy() {
    return new SlidingWindow(this);
  }

  /** Forgets what no longer counts; time never goes back. */
  void advance(Instant now) {
    while (from < to && !instants[from].plus(span).isAfter(now)) {
      sum -= amounts[from++];
    }
  }

  /**
   * Whether that much may be used now. What alone is more than the limit fits an empty window: it
   * could never start otherwise.
   */
  boolean admits(long amount) {
    return fits(sum, capped(amount));
  }

  /** The earliest time, not before now, when that much may be used if nothing else is. */
  Instant opening(long amount, Instant now) {
    Instant at = now;
    long left = sum;
    for (int entry = from; entry < to && !fits(left, capped(amount)); entry++) {
      left -= amounts[entry];
      at = instants[entry].plus(span);
    }
    return at;
  }

  /** Counts an amount at an instant, which may lie before others. */
  void add(Instant at, long amount) {
    own();
    int entry = to;
    while (entry > from && instants[entry - 1].isAfter(at)) {
      entry--;
    }
    sum += capped(amount);
    if (entry > from && instants[entry - 1].equals(at)) {
      amounts[entry - 1] += capped(amount);
      return;
    }
    System.arraycopy(instants, entry, instants, entry + 1, to - entry);
    System.arraycopy(amounts, entry, amounts, entry + 1, to - entry);
    instants[entry] = at;
    amounts[entry] = capped(amount);
    to++;
  }

  /** Takes back an amount that was added at the instant; nothing if that no longer counts. */
  void take(Instant at, long amount) {
    int entry = Arrays.binarySearch(instants, from, to, at);
    if (entry >= 0) {
      own();
      entry = Arrays.binarySearch(instants, from, to, at);
      amounts[entry] -= capped(amount);
      sum -= capped(amount);
    }
  }

  private boolean fits(long used, long amount) {
    return used < limit && used + amount <= limit;
  }

  /** Keeps sums small; whatever reaches the limit has the same effect. */
  private long capped(long amount) {
    return Math.min(amount, limit);
  }

  /** Makes room for one more entry in arrays of its own. */
  private void own() {
    if (owned && to < instants.length) {
      return;
    }
    int size = to - from;
    instants = Arrays.copyOfRange(instants, from, from + size + size / 2 + 8);
    amounts = Arrays.copyOfRange(amounts, from, from + size + size / 2 + 8);
    from = 0;
    to = size;
    owned = true;
  }
}
