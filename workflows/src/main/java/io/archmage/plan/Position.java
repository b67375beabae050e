package io.archmage.plan;

/**
 * A place in a document.
 *
 * @param line 1-based line, or 0 if unknown
 * @param column 1-based column in characters, or 0 if unknown
 */
public record Position(int line, int column) {

  /** No place is known. */
  public static final Position UNKNOWN = new Position(0, 0);

  /** Whether a line is known. */
  public boolean known() {
    return line > 0;
  }
}
