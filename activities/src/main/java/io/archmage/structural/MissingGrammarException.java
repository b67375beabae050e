package io.archmage.structural;

import org.jspecify.annotations.Nullable;

/** A parser has no native library for this machine. */
final class MissingGrammarException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingGrammarException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
