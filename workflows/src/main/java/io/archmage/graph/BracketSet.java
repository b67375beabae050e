package io.archmage.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of characters in brackets, as git's wildmatch reads it; it never contains the slash.
 *
 * @param characters the set
 * @param end the index after the closing bracket
 */
record BracketSet(CharSet characters, int end) {

  /** The set that opens at an index, or empty if it is never closed or has an unknown class. */
  static Optional<BracketSet> parse(int[] pattern, int open) {
    int at = open + 1;
    boolean negated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
    if (negated) {
      at++;
    }
    List<CharSet.Range> ranges = new ArrayList<>();
    boolean first = true;
    while (at < pattern.length && (first || pattern[at] != ']')) {
      first = false;
      if (pattern[at] == '[' && at + 1 < pattern.length && pattern[at + 1] == ':') {
        int close = closing(pattern, at + 2);
        if (close < 0) {
          return Optional.empty();
        }
        Optional<List<CharSet.Range>> named =
            named(new String(pattern, at + 2, close - at - 2));
        if (named.isEmpty()) {
          return Optional.empty();
        }
        ranges.addAll(named.get());
        at = close + 2;
      } else if (at + 2 < pattern.length && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
        ranges.add(new CharSet.Range(pattern[at], pattern[at + 2]));
        at += 3;
      } else {
        ranges.add(new CharSet.Range(pattern[at], pattern[at]));
        at++;
      }
    }
    if (at >= pattern.length) {
      return Optional.empty();
    }
    CharSet listed = CharSet.of(ranges);
    return Optional.of(
        new BracketSet((negated ? listed.complement() : listed).withoutSlash(), at + 1));
  }

  private static int closing(int[] pattern, int from) {
    for (int at = from; at + 1 < pattern.length; at++) {
      if (pattern[at] == ':' && pattern[at + 1] == ']') {
        return at;
      }
      if (pattern[at] == ']') {
        return -1;
      }
    }
    return -1;
  }

  private static Optional<List<CharSet.Range>> named(String name) {
    List<CharSet.Range> upper = List.of(new CharSet.Range('A', 'Z'));
    List<CharSet.Range> lower = List.of(new CharSet.Range('a', 'z'));
    List<CharSet.Range> digit = List.of(new CharSet.Range('0', '9'));
    List<CharSet.Range> punct =
        List.of(
            new CharSet.Range('!', '/'),
            new CharSet.Range(':', '@'),
            new CharSet.Range('[', '`'),
            new CharSet.Range('{', '~'));
    return switch (name) {
      case "upper" -> Optional.of(upper);
      case "lower" -> Optional.of(lower);
      case "digit" -> Optional.of(digit);
      case "alpha" -> Optional.of(join(upper, lower));
      case "alnum" -> Optional.of(join(join(upper, lower), digit));
      case "punct" -> Optional.of(punct);
      case "xdigit" ->
        Optional.of(
            join(digit, List.of(new CharSet.Range('a', 'f'), new CharSet.Range('A', 'F'))));
      case "blank" -> Optional.of(single(' ', '\t'));
      case "space" -> Optional.of(join(single(' '), List.of(new CharSet.Range('\t', '\r'))));
      case "graph" -> Optional.of(List.of(new CharSet.Range('!', '~')));
      case "print" -> Optional.of(List.of(new CharSet.Range(' ', '~')));
      case "cntrl" -> Optional.of(join(List.of(new CharSet.Range(0, 31)), single(127)));
      default -> Optional.empty();
    };
  }

  private static List<CharSet.Range> join(List<CharSet.Range> one, List<CharSet.Range> other) {
    List<CharSet.Range> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  private static List<CharSet.Range> single(int... characters) {
    List<CharSet.Range> ranges = new ArrayList<>();
    for (int character : characters) {
      ranges.add(new CharSet.Range(character, character));
    }
    return ranges;
  }
}
