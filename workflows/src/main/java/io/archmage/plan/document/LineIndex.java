package io.archmage.plan.document;

import io.archmage.plan.Position;
import java.util.Arrays;

/** Turns offsets of a text into lines and columns; LF, CR and CRLF end a line. */
final class LineIndex {

  private final String text;
  private final int[] starts;

  LineIndex(String text) {
    this.text = text;
    int[] found = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if ((c == '\n' || c == '\r') && !crlf) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = i + 1;
      }
    }
    starts = Arrays.copyOf(found, count);
  }

  /** The position of an offset in UTF-16 units; offsets outside the text give its ends. */
  Position at(long offset) {
    int inside = Math.clamp(offset, 0, text.length());
    int found = Arrays.binarySearch(starts, inside);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, text.codePointCount(starts[line], inside) + 1);
  }
}
