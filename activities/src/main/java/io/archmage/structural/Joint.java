package io.archmage.structural;

/** What stands between the parts of a container. */
enum Joint {
  /** White space, perhaps with a semicolon. */
  LINES(";"),
  /** A comma. */
  COMMAS(","),
  /** A vertical bar. */
  BARS("|");

  private final String separator;

  Joint(String separator) {
    this.separator = separator;
  }

  /** Whether nothing but separators and white space stands there, so that nothing can be lost. */
  boolean accepts(String gap) {
    return gap.chars()
        .allMatch(c -> Character.isWhitespace(c) || separator.indexOf(c) >= 0);
  }

  /** What to write before a part that was the first of its container and no longer is. */
  String before(String firstGap) {
    return switch (this) {
      case LINES -> firstGap.contains("\n") ? firstGap : "\n\n";
      case COMMAS -> "," + (firstGap.isEmpty() ? " " : firstGap);
      case BARS -> firstGap.contains("|") ? firstGap : " | ";
    };
  }

  /** Whether a gap separates two parts. */
  boolean separates(String gap) {
    return this == LINES
        ? gap.contains("\n") || gap.contains(";")
        : gap.contains(separator);
  }
}
