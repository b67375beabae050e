package io.archmage.bench;

import java.util.List;
import java.util.Locale;

/**
 * Times of the same thing.
 *
 * @param millis in milliseconds, sorted, at least one
 */
record Samples(List<Double> millis) {

  Samples {
    millis = millis.stream().sorted().toList();
    if (millis.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  double median() {
    int middle = millis.size() / 2;
    return millis.size() % 2 == 1
        ? millis.get(middle)
        : (millis.get(middle - 1) + millis.get(middle)) / 2;
  }

  /** The cells of a table: least, median and most, each divided. */
  String cells(double by) {
    return String.format(
        Locale.ROOT,
        "%.1f | %.1f | %.1f",
        millis.getFirst() / by,
        median() / by,
        millis.getLast() / by);
  }
}
