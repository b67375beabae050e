package io.archmage.render;

import java.util.List;
import java.util.Locale;

/**
 * What running in parallel saved, in two lines. The percentage is the share of the sequential time
 * that was saved, the factor its ratio to the time taken.
 */
final class Totals {

  private Totals() {}

  /**
   * Such as {@code Total: 70s (Sequential would be: 100s)} and {@code Speedup: 30% (1.43x)}; the
   * second only where time was saved.
   */
  static List<String> lines(long makespanMs, long sequentialMs) {
    String total =
        "Total: " + seconds(makespanMs) + " (Sequential would be: " + seconds(sequentialMs) + ")";
    if (makespanMs <= 0 || sequentialMs < makespanMs) {
      return List.of(total);
    }
    double saved = 100.0 * (sequentialMs - makespanMs) / sequentialMs;
    return List.of(
        total,
        String.format(
            Locale.ROOT,
            "Speedup: %d%% (%.2fx)",
            Math.round(saved),
            (double) sequentialMs / makespanMs));
  }

  private static String seconds(long millis) {
    String text = String.format(Locale.ROOT, "%.1f", millis / 1_000.0);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "s";
  }
}
