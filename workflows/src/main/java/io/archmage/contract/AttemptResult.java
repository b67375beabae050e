package io.archmage.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that ended well.
 *
 * @param commit the commit to integrate, or null if nothing changed
 * @param attemptRef the ref that keeps everything it left, or null if nothing changed
 * @param changedFiles paths changed against the base, sorted, at most {@value #MAX_FILES}
 * @param notes files left out, discarded or large, one line each
 * @param output what the familiar says, cut at {@value #MAX_OUTPUT} characters
 * @param outputRef the ref of its whole output
 * @param startedAt when its process started
 * @param finishedAt when its process ended
 * @param invocations processes started for this attempt: 0 for a step of the plan's own
 * @param usage what it says that it used
 * @param sessionId by which the familiar could go on with what it knew, as it says, or null
 */
@Wire
public record AttemptResult(
    @Nullable String commit,
    @Nullable String attemptRef,
    List<String> changedFiles,
    List<String> notes,
    String output,
    @Nullable String outputRef,
    Instant startedAt,
    Instant finishedAt,
    int invocations,
    Usage usage,
    @Nullable String sessionId) {

  /** The longest output that is carried in a history, in characters. */
  public static final int MAX_OUTPUT = 2_000;

  /** The most paths that are carried in a history. */
  public static final int MAX_FILES = 500;

  /** Copies the lists. */
  public AttemptResult {
    changedFiles = List.copyOf(changedFiles);
    notes = List.copyOf(notes);
  }

  /** One whose familiar named no session. */
  public AttemptResult(
      @Nullable String commit,
      @Nullable String attemptRef,
      List<String> changedFiles,
      List<String> notes,
      String output,
      @Nullable String outputRef,
      Instant startedAt,
      Instant finishedAt,
      int invocations,
      Usage usage) {
    this(
        commit,
        attemptRef,
        changedFiles,
        notes,
        output,
        outputRef,
        startedAt,
        finishedAt,
        invocations,
        usage,
        null);
  }
}
