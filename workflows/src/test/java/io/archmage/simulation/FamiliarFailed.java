package io.archmage.simulation;

import io.archmage.contract.AttemptFailure;

/** The failure of an attempt, by which its activity tells how it ended. */
final class FamiliarFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient AttemptFailure details;

  FamiliarFailed(AttemptFailure details) {
    super(details.message());
    this.details = details;
  }

  AttemptFailure details() {
    return details;
  }
}
