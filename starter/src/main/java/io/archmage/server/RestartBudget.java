package io.archmage.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How often a server that dies is started again: at most {@code limit} times within {@code window},
 * after pauses that double. For one thread.
 */
final class RestartBudget {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final int limit;
  private final Duration window;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  RestartBudget(int limit, Duration window) {
    this.limit = limit;
    this.window = window;
  }

  /**
   * Counts a death.
   *
   * @return how long to wait before the next start; empty if there must be none
   */
  Optional<Duration> died(Instant now) {
    deaths.removeIf(death -> !death.isAfter(now.minus(window)));
    deaths.addLast(now);
    return deaths.size() > limit
        ? Optional.empty()
        : Optional.of(FIRST_PAUSE.multipliedBy(1L << (deaths.size() - 1)));
  }

  @Override
  public String toString() {
    return limit + " times within " + window.toSeconds() + " s";
  }
}
