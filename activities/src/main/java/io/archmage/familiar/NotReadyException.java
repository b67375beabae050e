package io.archmage.familiar;

import io.archmage.contract.AttemptFailure.Kind;

/** A workspace cannot be made ready; the message says what a person can do. */
final class NotReadyException extends Exception {

  private static final long serialVersionUID = 1;

  private final Kind kind;

  NotReadyException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** As what the attempt ends. */
  Kind kind() {
    return kind;
  }
}
