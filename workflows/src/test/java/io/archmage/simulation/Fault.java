package io.archmage.simulation;

/** What can go wrong, or be done by somebody else, while a run goes on. */
enum Fault {
  /** An activity fails before it did anything. */
  FAILS_BEFORE,
  /** From some try on an activity fails every time, until the engine gives it up. */
  HOST_GIVES_UP,
  /** An activity fails between two of its steps: a full disk, a lock that stays. */
  FAILS_BETWEEN,
  /** An activity did everything and is reported as failed. */
  REPORTED_FAILED,
  /** An activity did everything and the server never hears of it. */
  RESULT_LOST,
  /** A worker dies between two steps of an activity. */
  WORKER_DIES,
  /** A worker stands still for so long that the server gives its activities to others. */
  WORKER_STALLS,
  /** All workers and all processes of the machine end at once. */
  MACHINE_RESTARTS,
  /** The workflow is built anew from its history. */
  REPLAYED,
  /** The decisions of a workflow task are lost before the server has them. */
  DECISIONS_LOST,
  /** The scheduler is told again what it was told. */
  TOLD_TWICE,
  /** A familiar ends with an exit code. */
  FAMILIAR_FAILS,
  /** A familiar is killed by a signal that is not ours. */
  FAMILIAR_DIES,
  /** The supervisor dies with its familiar and records nothing. */
  SUPERVISOR_DIES,
  /** A familiar asks to be tried again later. */
  FAMILIAR_DEFERS,
  /** The user commits to the target branch. */
  TARGET_MOVES,
  /** The user removes the run's branch, sets it back or commits to it, while nothing is merged. */
  BRANCH_MOVES,
  /** The user cancels the run. */
  CANCELLED
}
