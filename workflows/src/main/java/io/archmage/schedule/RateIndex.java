package io.archmage.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which limits over time hold for which familiar, computed once per run. The plan's own steps start
 * no familiar and are not counted.
 */
final class RateIndex {
  private final List<RateLimit> limits = new ArrayList<>();
  private final int[][] limitsOf;

  RateIndex(ScheduleModel model) {
    RateLimits rates = model.rates();
    List<Integer> common = new ArrayList<>();
    if (rates.callsPerMinute() != null) {
      common.add(add(new RateLimit.Calls(rates.callsPerMinute())));
    }
    if (rates.tokensPerMinute() != null) {
      common.add(add(new RateLimit.Tokens(rates.tokensPerMinute())));
    }
    limitsOf = new int[model.familiars().size()][];
    for (int familiar = 0; familiar < limitsOf.length; familiar++) {
      FamiliarCap cap = model.familiars().get(familiar);
      List<Integer> own = new ArrayList<>();
      if (!cap.ownSteps()) {
        own.addAll(common);
        Rate rate = rates.familiars().get(familiar);
        if (rate != null) {
          own.add(add(new RateLimit.Starts(cap.name(), rate)));
        }
      }
      limitsOf[familiar] = own.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** How many limits there are; each has a number from 0. */
  int size() {
    return limits.size();
  }

  RateLimit limit(int number) {
    return limits.get(number);
  }

  /** Numbers of the limits that hold for a familiar. */
  int[] limitsOf(int familiar) {
    return limitsOf[familiar];
  }

  /** Empty windows, one per limit. */
  SlidingWindow[] windows() {
    return IntStream.range(0, size())
        .mapToObj(number -> new SlidingWindow(limit(number)))
        .toArray(SlidingWindow[]::new);
  }

  private int add(RateLimit limit) {
    limits.add(limit);
    return limits.size() - 1;
  }
}
