package io.archmage.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** A set of code points as ascending, disjoint, inclusive ranges. */
final class CharSet {

  /** Every character but the slash. */
  static final CharSet NAME = of(List.of(new Range('/', '/'))).complement();

  /** Every character. */
  static final CharSet ANY = of(List.of(new Range(0, Character.MAX_CODE_POINT)));

  private final List<Range> ranges;

  record Range(int from, int to) {}

  private CharSet(List<Range> ranges) {
    this.ranges = ranges;
  }

  static CharSet of(int character) {
    return of(List.of(new Range(character, character)));
  }

  /** The union of the ranges; a range that ends before it begins is empty. */
  static CharSet of(List<Range> ranges) {
    List<Range> merged = new ArrayList<>();
    List<Range> sorted =
        ranges.stream()
            .filter(range -> range.from() <= range.to())
            .sorted(Comparator.comparingInt(Range::from))
            .toList();
    for (Range range : sorted) {
      if (!merged.isEmpty() && range.from() <= merged.getLast().to() + 1) {
        Range last = merged.removeLast();
        merged.add(new Range(last.from(), Math.max(last.to(), range.to())));
      } else {
        merged.add(range);
      }
    }
    return new CharSet(List.copyOf(merged));
  }

  CharSet complement() {
    List<Range> gaps = new ArrayList<>();
    int next = 0;
    for (Range range : ranges) {
      gaps.add(new Range(next, range.from() - 1));
      next = range.to() + 1;
    }
    gaps.add(new Range(next, Character.MAX_CODE_POINT));
    return of(gaps);
  }

  /** The same set without the slash. */
  CharSet withoutSlash() {
    List<Range> parts = new ArrayList<>();
    for (Range range : ranges) {
      parts.add(new Range(range.from(), Math.min(range.to(), '/' - 1)));
      parts.add(new Range(Math.max(range.from(), '/' + 1), range.to()));
    }
    return of(parts);
  }

  boolean contains(int character) {
    return ranges.stream().anyMatch(r -> r.from() <= character && character <= r.to());
  }

  /** The smallest character other than the slash that both sets have. */
  OptionalInt commonName(CharSet other) {
    int mine = 0;
    int theirs = 0;
    while (mine < ranges.size() && theirs < other.ranges.size()) {
      Range a = ranges.get(mine);
      Range b = other.ranges.get(theirs);
      int from = Math.max(a.from(), b.from());
      int to = Math.min(a.to(), b.to());
      int found = from == '/' ? from + 1 : from;
      if (found <= to) {
        return OptionalInt.of(found);
      }
      if (a.to() < b.to()) {
        mine++;
      } else {
        theirs++;
      }
    }
    return OptionalInt.empty();
  }
}
