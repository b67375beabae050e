package io.archmage.schedule;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use in a span of time. Every span of the unit's length keeps each limit, not only
 * whole minutes of the clock.
 *
 * @param familiars rates of those familiars that have one, by index into {@link
 *     ScheduleModel#familiars()}
 * @param callsPerMinute calls over all familiars, at least 1, or null for no limit
 * @param tokensPerMinute tokens over all familiars, from 1 to {@value #MAX_AMOUNT}, or null
 */
public record RateLimits(
    SortedMap<Integer, Rate> familiars,
    @Nullable Integer callsPerMinute,
    @Nullable Long tokensPerMinute) {

  /** The largest number of calls or tokens that can be asked for. */
  public static final int MAX_AMOUNT = 1_000_000_000;

  /** No limits. */
  public static final RateLimits NONE = new RateLimits(new TreeMap<>(), null, null);

  /**
   * Copies the map and checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public RateLimits {
    familiars = Collections.unmodifiableSortedMap(new TreeMap<>(familiars));
    if (callsPerMinute != null && (callsPerMinute < 1 || callsPerMinute > MAX_AMOUNT)) {
      throw new IllegalArgumentException("callsPerMinute must be from 1 to " + MAX_AMOUNT);
    }
    if (tokensPerMinute != null && (tokensPerMinute < 1 || tokensPerMinute > MAX_AMOUNT)) {
      throw new IllegalArgumentException("tokensPerMinute must be from 1 to " + MAX_AMOUNT);
    }
  }
}
