package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run stands. */
public enum RunStatus {
  /** Being read and proven. */
  PREPARING,
  /** Tasks are running or waiting. */
  RUNNING,
  /** Cancelled, and still putting things in order. */
  CANCELLING,
  /** All tasks succeeded. */
  COMPLETED,
  /** Some tasks succeeded. */
  PARTIAL,
  /** No task succeeded. */
  FAILED,
  /** A success was undone. */
  ROLLED_BACK,
  /** Stopped by a person. */
  CANCELLED;

  /** Whether the run has ended. */
  public boolean terminal() {
    return switch (this) {
      case PREPARING, RUNNING, CANCELLING -> false;
      case COMPLETED, PARTIAL, FAILED, ROLLED_BACK, CANCELLED -> true;
    };
  }

  /** The name in documents: lower case with underscores. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
