package io.archmage.plan;

/** What happens when a task's work does not merge with the run's head. */
public enum ConflictPolicy {
  /** The task is run again on the merged head, once; a second conflict fails it. */
  RERUN,
  /** The task waits for a person, who resolves the conflict or has the task run again. */
  ASK
}
