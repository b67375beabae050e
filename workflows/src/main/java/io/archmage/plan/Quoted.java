package io.archmage.plan;

/** Text of a user as it may stand in a message: in quotes, on one line, not endless. */
public final class Quoted {

  private static final int MAX_LENGTH = 80;

  private Quoted() {}

  /**
   * The text in double quotes, with control characters escaped and cut after {@value #MAX_LENGTH}
   * characters.
   */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int used = 0;
    int index = 0;
    while (index < text.length() && used < MAX_LENGTH) {
      int character = text.codePointAt(index);
      append(quoted, character);
      index += Character.charCount(character);
      used++;
    }
    return quoted.append(index < text.length() ? "…\"" : "\"").toString();
  }

  /** The quoted text of a task's id, after the word task. */
  public static String task(TaskId id) {
    return "task " + of(id.value());
  }

  private static void append(StringBuilder quoted, int character) {
    switch (character) {
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> {
        if (unprintable(character)) {
          quoted.append(String.format("\\u%04x", character));
        } else {
          quoted.appendCodePoint(character);
        }
      }
    }
  }

  private static boolean unprintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
        true;
      default -> false;
    };
  }
}
