package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that ended badly; the details of a failure of type {@link FailureTypes#FAMILIAR}.
 *
 * @param kind in which way
 * @param exitCode the process's exit code, or null if it has none
 * @param message one line for people
 * @param attemptRef the ref that keeps what it left, or null if nothing changed
 * @param output the end of what it wrote, cut
 * @param outputRef the ref of its whole output, or null
 * @param startedAt when its process started, or null if it never did
 * @param finishedAt when its process ended, or null
 * @param invocations processes started for this attempt
 * @param retryAt when to try again if it asked for that, or null
 * @param usage what it says that it used
 * @param sessionId by which the familiar can go on with what it knew, as it says, or null
 */
@Wire
public record AttemptFailure(
    Kind kind,
    @Nullable Integer exitCode,
    String message,
    @Nullable String attemptRef,
    String output,
    @Nullable String outputRef,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    int invocations,
    @Nullable Instant retryAt,
    Usage usage,
    @Nullable String sessionId) {

  /** One whose familiar named no session. */
  public AttemptFailure(
      Kind kind,
      @Nullable Integer exitCode,
      String message,
      @Nullable String attemptRef,
      String output,
      @Nullable String outputRef,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      int invocations,
      @Nullable Instant retryAt,
      Usage usage) {
    this(
        kind,
        exitCode,
        message,
        attemptRef,
        output,
        outputRef,
        startedAt,
        finishedAt,
        invocations,
        retryAt,
        usage,
        null);
  }

  /** The same with another message. */
  public AttemptFailure withMessage(String text) {
    return new AttemptFailure(
        kind,
        exitCode,
        text,
        attemptRef,
        output,
        outputRef,
        startedAt,
        finishedAt,
        invocations,
        retryAt,
        usage,
        sessionId);
  }

  /** In which way an attempt ended badly. */
  public enum Kind {
    /** A non-zero exit code. */
    EXIT,
    /** Ended by a signal that was not ours. */
    SIGNAL,
    /** Ran longer than it may. */
    TIMEOUT,
    /** Was silent longer than it may be. */
    STALL,
    /** Wrote more output than it may. */
    OUTPUT_LIMIT,
    /** Asked to be tried again later. */
    TRY_LATER,
    /** Its process was lost with its machine or supervisor. */
    LOST,
    /** Its command is missing or cannot be run. */
    UNAVAILABLE,
    /** Wrote a result that cannot be used. */
    INVALID_RESULT,
    /** Was stopped because the run was. */
    CANCELLED;

    /** Whether another attempt can help. */
    public boolean retryable() {
      return switch (this) {
        case EXIT, SIGNAL, TIMEOUT, STALL, LOST, TRY_LATER -> true;
        case OUTPUT_LIMIT, UNAVAILABLE, INVALID_RESULT, CANCELLED -> false;
      };
    }

    /** The name in documents: lower case with underscores. */
    @JsonValue
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
