package io.archmage.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a task stands. */
public enum TaskStatus {
  /** Waits for other tasks. */
  BLOCKED,
  /** Could run and waits for a slot, an instance or a limit over time. */
  READY,
  /** Waits for the time of its next attempt. */
  WAITING,
  /** Waits for a person's answer; holds no slot. */
  AWAITING_PERSON,
  /** An attempt is under way, or its result is being integrated. */
  RUNNING,
  /** Ended well and its work is in the run's head. */
  SUCCEEDED,
  /** Ended badly after its last attempt. */
  FAILED,
  /**
   * Does not run because a task it needs did not succeed, the run ends at a failure, or a person
   * said so.
   */
  SKIPPED,
  /** Ended well, then undone because it served only tasks that failed or were skipped. */
  ROLLED_BACK,
  /** Stopped, or never started, because the run was cancelled or ended at a failure. */
  CANCELLED;

  /** Whether nothing more will happen to the task. */
  public boolean terminal() {
    return switch (this) {
      case BLOCKED, READY, WAITING, AWAITING_PERSON, RUNNING -> false;
      case SUCCEEDED, FAILED, SKIPPED, ROLLED_BACK, CANCELLED -> true;
    };
  }

  /** The name in documents: lower case with underscores. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
