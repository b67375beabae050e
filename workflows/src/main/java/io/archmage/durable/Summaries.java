package io.archmage.durable;

/** One-line texts that the Web UI shows beside events. */
final class Summaries {

  /** Well below the server's limit of 400 bytes, whatever the characters. */
  private static final int MAX_CHARACTERS = 96;

  private Summaries() {}

  /** The text on one line, cut. */
  static String cut(String text) {
    String line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
    if (line.length() <= MAX_CHARACTERS) {
      return line;
    }
    int end = MAX_CHARACTERS - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }
}
