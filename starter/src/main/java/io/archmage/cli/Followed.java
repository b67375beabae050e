package io.archmage.cli;

import io.archmage.report.StatusPage;

/** Why a client no longer follows a run. */
sealed interface Followed {

  /** The run has ended. */
  record Ended(RunOutcome outcome) implements Followed {}

  /**
   * Nothing in the run goes on until a person answers.
   *
   * @param page where it stands
   */
  record Waiting(StatusPage page) implements Followed {}
}
