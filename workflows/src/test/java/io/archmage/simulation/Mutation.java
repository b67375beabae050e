package io.archmage.simulation;

/** A protocol broken on purpose, to prove that the checks can fail. */
enum Mutation {
  NONE,
  /** A merge is not looked for before it is made. */
  MERGE_NOT_LOOKED_FOR,
  /** The run's branch moves without a comparison. */
  HEAD_NOT_COMPARED,
  /** The target branch moves without a comparison. */
  TARGET_NOT_COMPARED,
  /** What is published is the branch wherever it stands. */
  BRANCH_TAKEN_AS_IT_IS,
  /** A task is reported as merged before it is. */
  MERGED_IN_WORDS_ONLY,
  /** A branch that was taken away begins again at the run's base. */
  KNOWN_HEAD_FORGOTTEN,
  /** Another try of an attempt starts a familiar of its own. */
  SECOND_FAMILIAR,
  /** A familiar starts without a look at whether its attempt is still wanted. */
  START_NOT_ASKED_FOR,
  /** What an attempt came to is not written down. */
  END_NOT_WRITTEN,
  /** Nobody waits for whoever follows a task already. */
  LOCK_IGNORED,
  /** The workspace goes before its snapshot. */
  REMOVED_BEFORE_KEPT,
  /** The next attempt does not keep what one left that was given up. */
  EARLIER_NOT_KEPT,
  /** An attempt starts from the run's base, not from its head. */
  STALE_BASE,
  /** A familiar of an attempt that nobody asks for any more is left alone. */
  ABANDONED_LEFT_ALONE,
  /** The result of a task never reaches the workflow. */
  RESULT_FORGOTTEN,
  /** The scheduler believes in one slot more than there is. */
  ONE_SLOT_MORE,
  /** The scheduler does not know of the barrier. */
  NO_BARRIER,
  /** A workflow that is built anew decides otherwise. */
  REPLAY_DIFFERS,
  /** A task that needs another one starts also if that one failed. */
  NEEDS_TAKEN_FOR_AFTER
}
