package io.archmage.render;

import java.util.ArrayList;
import java.util.List;

/** Where a time axis has its ticks. */
final class TimeAxis {

  private static final long[] STEPS = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000,
    120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000,
    86_400_000
  };

  private TimeAxis() {}

  /** Ticks in milliseconds from 0 to {@code endMs}, at round times, about {@code most} or fewer. */
  static List<Long> ticks(long endMs, int most) {
    long step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && endMs / STEPS[i] < most; i--) {
      step = STEPS[i];
    }
    while (endMs / step >= most) {
      step *= 2;
    }
    List<Long> ticks = new ArrayList<>();
    for (long tick = 0; tick <= endMs; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }
}
