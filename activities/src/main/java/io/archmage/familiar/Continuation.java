package io.archmage.familiar;

import io.archmage.contract.AttemptFailure;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt takes up from the one before it.
 *
 * @param files whether it begins with the files of the last snapshot
 * @param sessionId the session that it goes on with, or null; only together with the files
 */
record Continuation(boolean files, @Nullable String sessionId) {

  static final Continuation NONE = new Continuation(false, null);

  /** The files alone, whatever became of the attempt. */
  static final Continuation OF_FILES = new Continuation(true, null);

  /**
   * What follows a failure. A familiar that was cut off is at fault for nothing: its work goes on.
   * One that failed by itself is given another chance from the beginning. If it was to continue a
   * session, that may be what failed: it begins anew, over the files that it was to continue with.
   *
   * @param resumed whether the attempt that failed was to continue a session
   * @param canResume whether sessions of the familiar can be continued
   */
  static Continuation after(AttemptFailure failure, boolean resumed, boolean canResume) {
    String session = canResume ? failure.sessionId() : null;
    return switch (failure.kind()) {
      case LOST, SIGNAL -> new Continuation(true, session);
      case TIMEOUT, STALL, TRY_LATER -> new Continuation(session != null, session);
      case EXIT -> new Continuation(resumed, null);
      case OUTPUT_LIMIT, UNAVAILABLE, INVALID_RESULT, CANCELLED -> NONE;
    };
  }
}
