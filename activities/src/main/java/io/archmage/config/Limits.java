package io.archmage.config;

import io.archmage.plan.FamiliarName;
import io.archmage.schedule.Rate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What bounds one run beyond its slots and the instances of its familiars.
 *
 * @param maxParallelTasks tasks in flight at once, at least 1; every attempt holds one task
 * @param rates how often attempts of a familiar may start, for those that have a rate
 * @param callsPerMinute calls over all familiars, at least 1, or null for no limit
 * @param tokensPerMinute tokens over all familiars, at least 1, or null for no limit
 * @param resources how much there is of each named resource, at least 1
 */
public record Limits(
    int maxParallelTasks,
    SortedMap<FamiliarName, Rate> rates,
    @Nullable Integer callsPerMinute,
    @Nullable Integer tokensPerMinute,
    SortedMap<String, Integer> resources) {

  /** No limits. */
  public static final Limits NONE =
      new Limits(Configuration.MAX_PARALLEL, new TreeMap<>(), null, null, new TreeMap<>());

  /** Copies the maps. */
  public Limits {
    rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
    resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
  }
}
