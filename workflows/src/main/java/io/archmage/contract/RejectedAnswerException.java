package io.archmage.contract;

/**
 * An answer that a run rejects before anything comes of it. Not one of the engine's failures: only
 * for another exception's own type and message does the engine pass both to whoever answered.
 */
public class RejectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Rejects for a reason that the person can act on. */
  public RejectedAnswerException(String message) {
    super(message, null, false, false);
  }
}
