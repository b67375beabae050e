package io.archmage.render;

/**
 * Makes text of plans and familiars harmless on a terminal: escape sequences, other control
 * characters and marks that reorder text are shown, not obeyed.
 */
public final class TerminalSafe {

  private static final int ESCAPE = 0x1b;

  private TerminalSafe() {}

  /** The text on one line: tabs and line ends become one space, other controls are shown. */
  public static String line(String text) {
    return escape(text, false).strip();
  }

  /** The text with its line ends and tabs, other controls shown. */
  public static String block(String text) {
    return escape(text.replace("\r\n", "\n"), true);
  }

  /** The first {@code width} columns of a text without controls; a cut one ends in {@code …}. */
  public static String cut(String text, int width) {
    if (DisplayWidth.of(text) <= width) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int used = 1;
    for (int i = 0; i < text.length();) {
      int point = text.codePointAt(i);
      used += DisplayWidth.of(point);
      if (used > width) {
        break;
      }
      result.appendCodePoint(point);
      i += Character.charCount(point);
    }
    return width < 1 ? "" : result.append('…').toString();
  }

  private static String escape(String text, boolean keepLines) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t') {
                result.append(keepLines ? (char) point : ' ');
              } else if (point == '\r' && !keepLines) {
                result.append(' ');
              } else if (point == ESCAPE) {
                result.append("\\e");
              } else if (dangerous(point)) {
                result.append(String.format("\\u%04x", point));
              } else {
                result.appendCodePoint(point);
              }
            });
    return result.toString();
  }

  private static boolean dangerous(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
        true;
      case Character.FORMAT -> point != 0x200d; // joins parts of one emoji
      default -> false;
    };
  }
}
