package io.archmage.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds all overlapping pairs of patterns. Two patterns can only overlap if what one begins with is
 * the beginning of what the other begins with, so plain paths are found by look-up and never
 * compared one by one.
 */
final class OverlapIndex {

  private final List<List<Integer>> overlapping = new ArrayList<>();

  OverlapIndex(List<OutputPattern> patterns) {
    Map<String, List<Integer>> byPrefix = new LinkedHashMap<>();
    BitSet lengths = new BitSet();
    for (int i = 0; i < patterns.size(); i++) {
      String prefix = patterns.get(i).prefix();
      byPrefix.computeIfAbsent(prefix, key -> new ArrayList<>()).add(i);
      lengths.set(prefix.length());
      overlapping.add(new ArrayList<>(List.of(i)));
    }
    for (int i = 0; i < patterns.size(); i++) {
      String prefix = patterns.get(i).prefix();
      for (int end = lengths.nextSetBit(0); end >= 0 && end <= prefix.length(); end =
          lengths.nextSetBit(end + 1)) {
        for (int other : byPrefix.getOrDefault(prefix.substring(0, end), List.of())) {
          boolean once = end < prefix.length() || other < i;
          if (once && patterns.get(i).overlaps(patterns.get(other))) {
            overlapping.get(i).add(other);
            overlapping.get(other).add(i);
          }
        }
      }
    }
  }

  /** The patterns that overlap one, itself first. */
  List<Integer> overlapping(int pattern) {
    return overlapping.get(pattern);
  }
}
