package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows what counts in each window by adding everything up again from all that happened. */
final class RateRecount {
  private final ScheduleModel model;
  private final List<Attempt> attempts = new ArrayList<>();
  private final TreeMap<Integer, Attempt> running = new TreeMap<>();
  private final long[] largest;

  RateRecount(ScheduleModel model) {
    this.model = model;
    largest = new long[model.familiars().size()];
  }

  private static final class Attempt {
    final int familiar;
    final Instant dispatched;
    Instant counts;
    long tokens;
    Instant tokensCount;
    long moreCalls;
    @Nullable
    Instant told;

    Attempt(int familiar, Instant dispatched, long reserved) {
      this.familiar = familiar;
      this.dispatched = dispatched;
      counts = dispatched;
      tokens = reserved;
      tokensCount = dispatched;
    }
  }

  void told(SchedulerEvent.AttemptUsed used) {
    Attempt attempt = running.get(used.task());
    if (attempt == null || attempt.told != null) {
      return;
    }
    attempt.told = used.at();
    attempt.moreCalls = Math.max(0, used.calls() - 1);
    if (used.startedAt() != null) {
      attempt.counts =
          Stream.of(attempt.dispatched, min(used.startedAt(), used.at()))
              .max(Instant::compareTo)
              .orElseThrow();
    }
    if (used.tokens() > 0) {
      attempt.tokens = used.tokens();
      attempt.tokensCount = used.at();
      largest[attempt.familiar] = Math.max(largest[attempt.familiar], used.tokens());
    }
  }

  void ended(int task) {
    running.remove(task);
  }

  /** Checks that every limit has room for a start, then counts it. */
  void dispatched(int task, Instant now) {
    int familiar = model.tasks().get(task).familiar();
    assertThat(admits(familiar, now)).as("room for task %d at %s", task, now).isTrue();
    Attempt attempt = new Attempt(familiar, now, largest[familiar]);
    attempts.add(attempt);
    running.put(task, attempt);
  }

  boolean admits(int familiar, Instant now) {
    return startsFit(familiar, now) && callsFit(now) && tokensFit(familiar, now);
  }

  private boolean startsFit(int familiar, Instant now) {
    Rate rate = model.rates().familiars().get(familiar);
    return rate == null
        || attempts.stream()
            .filter(attempt -> attempt.familiar == familiar)
            .filter(attempt -> attempt.counts.plus(rate.unit().span()).isAfter(now))
            .count() < rate.starts();
  }

  private boolean callsFit(Instant now) {
    Integer limit = model.rates().callsPerMinute();
    if (limit == null) {
      return true;
    }
    long calls =
        attempts.stream()
            .mapToLong(
                attempt -> (recent(attempt.counts, now) ? 1 : 0)
                    + (attempt.told != null && recent(attempt.told, now)
                        ? attempt.moreCalls
                        : 0))
            .sum();
    return calls < limit;
  }

  private boolean tokensFit(int familiar, Instant now) {
    Long limit = model.rates().tokensPerMinute();
    if (limit == null) {
      return true;
    }
    long used =
        attempts.stream()
            .filter(attempt -> recent(attempt.tokensCount, now))
            .mapToLong(attempt -> attempt.tokens)
            .sum();
    return used < limit && (used == 0 || used + largest[familiar] <= limit);
  }

  private static boolean recent(Instant at, Instant now) {
    return at.plusSeconds(60).isAfter(now);
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
