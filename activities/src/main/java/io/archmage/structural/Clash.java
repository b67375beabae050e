package io.archmage.structural;

import java.nio.charset.StandardCharsets;

/**
 * One reason why a file does not merge.
 *
 * @param kind what sort of reason
 * @param message the reason in a few words, such as {@code both changed function S.one}
 */
public record Clash(Kind kind, String message) {

  /** What sort of reason it is. */
  public enum Kind {
    /** Both changed one function; done one after the other, their changes fit. */
    SAME_FUNCTION,
    /** Both changed or added one other thing. */
    SAME_THING,
    /** The text merges by lines, but what comes out is not what both meant. */
    BROKEN,
    /** One took away or changed what the other began to use. */
    LOST_NAME
  }

  /** A clash over names as they are in a source, one character per byte. */
  static Clash of(Kind kind, String message) {
    String text =
        new String(message.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    String line = text.replaceAll("\\s+", " ");
    return new Clash(kind, line.length() > 200 ? line.substring(0, 200) + "…" : line);
  }
}
