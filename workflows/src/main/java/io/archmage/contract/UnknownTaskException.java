package io.archmage.contract;

/** The run has no task of the id that was answered for. */
public final class UnknownTaskException extends RejectedAnswerException {
  private static final long serialVersionUID = 1L;

  /** Rejects with the id and what there is instead. */
  public UnknownTaskException(String message) {
    super(message);
  }
}
