package io.archmage.render;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Durations {

  private Durations() {}

  /** {@code 340 ms}, {@code 4.2 s}, {@code 3m 05s} or {@code 2h 07m}; negative ones are 0 ms. */
  public static String text(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 59_950) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    long seconds = Math.round(millis / 1_000.0);
    if (seconds < 3_600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%dh %02dm", seconds / 3_600, seconds % 3_600 / 60);
  }

  /** The same from milliseconds. */
  public static String ofMillis(long millis) {
    return text(Duration.ofMillis(millis));
  }

  /** {@code 00:12} or {@code 1:02:07}: for clocks that tick. */
  public static String clock(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds % 3_600 / 60, seconds % 60);
  }
}
