package io.archmage.structural;

import java.util.List;

/**
 * A stretch of a file that consists of parts: {@code [start, open)} is its head and {@code [close,
 * end)} its foot.
 *
 * @param joint what separates the parts
 * @param ordered whether the order of parts added at one place counts
 */
record Container(
    Joint joint, boolean ordered, int start, int open, int close, int end, List<Unit> units) {

  Container {
    units = List.copyOf(units);
  }

  String head(String source) {
    return source.substring(start, open);
  }

  String foot(String source) {
    return source.substring(close, end);
  }

  /** What stands before the first part, or between head and foot if there is none. */
  String firstGap(String source) {
    return source.substring(open, units.isEmpty() ? close : units.getFirst().start());
  }

  String lastGap(String source) {
    return units.isEmpty() ? "" : source.substring(units.getLast().end(), close);
  }

  /** What stands before a part that is not the first. */
  String gapBefore(int index, String source) {
    return source.substring(units.get(index - 1).end(), units.get(index).start());
  }
}
