package io.archmage.render;

/** Makes text of plans and familiars harmless in HTML and SVG. */
final class Markup {

  private Markup() {}

  /**
   * The text on one line as content of an element or of a quoted attribute: control characters are
   * shown, and what has a meaning in markup is a reference.
   */
  static String escape(String text) {
    String line = TerminalSafe.line(text);
    StringBuilder result = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                case '\'' -> result.append("&#39;");
                default -> result.appendCodePoint(noncharacter(point) ? 0xfffd : point);
              }
            });
    return result.toString();
  }

  /** XML has no such characters, not even as references. */
  private static boolean noncharacter(int point) {
    return (point & 0xfffe) == 0xfffe;
  }
}
