package io.archmage.plan.document;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;

/** Refuses characters that neither an argument of a process nor UTF-8 can carry. */
final class CharacterCheck {

  private CharacterCheck() {}

  /** The offset of the first NUL or unpaired surrogate, or -1. */
  static int firstRefused(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return i;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** The text, if it has no refused character. */
  static String checked(String text, Position position) throws MalformedDocumentException {
    int refused = firstRefused(text);
    if (refused >= 0) {
      throw refusal(text.charAt(refused), position);
    }
    return text;
  }

  static MalformedDocumentException refusal(int character, Position position) {
    return new MalformedDocumentException(
        position,
        ProblemCode.INVALID_CHARACTER,
        String.format("character U+%04X is not allowed", character),
        "Remove the character.");
  }
}
