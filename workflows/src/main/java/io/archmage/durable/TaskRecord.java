package io.archmage.durable;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.FileConflict;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.Usage;
import io.archmage.report.MergeReport;
import io.archmage.report.Question;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one task while its run goes on. */
final class TaskRecord {

  final PreparedTask task;
  final String familiar;
  @Nullable
  Instant readyAt;
  @Nullable
  Instant dispatchedAt;
  @Nullable
  Instant endedAt;
  @Nullable
  Instant integratedAt;
  @Nullable
  String base;
  /** The last attempt if its machine went silent, or null: the next one goes on with its files. */
  @Nullable
  Integer silentAttempt;
  /** The head that its merge made, or null if there was none. */
  @Nullable
  String mergedAs;
  /** Where its branch was when it ended well, with its work and all that it builds on. */
  @Nullable
  String lineHead;
  @Nullable
  AttemptResult result;
  @Nullable
  AttemptFailure failure;
  @Nullable
  MergeReport merge;
  @Nullable
  String because;
  IntegrationResult.@Nullable Conflicted conflict;
  @Nullable
  Question question;
  @Nullable
  PendingAnswer answer;
  boolean rerun;
  long mergeMs;
  private final @Nullable String group;
  private int invocations;
  private long endedAttemptsMs;
  private @Nullable Instant firstStart;
  private Usage usage = Usage.NONE;

  TaskRecord(PreparedTask task, String familiar, @Nullable String group) {
    this.task = task;
    this.group = group;
    this.familiar = familiar;
  }

  void dispatched(Instant at, String base, boolean rerun) {
    // Files go with the commit that they were changed from.
    this.base = silentAttempt == null || this.base == null ? base : this.base;
    this.rerun = rerun;
    dispatchedAt = at;
    endedAt = null;
    conflict = null;
    question = null;
    if (!rerun) {
      because = null;
    }
  }

  void succeeded(AttemptResult value, Instant at) {
    silentAttempt = null;
    result = value;
    failure = null;
    endedAt = at;
    invocations += value.invocations();
    usage = usage.plus(value.usage());
    attemptEnded();
  }

  void failed(AttemptFailure value, Instant at) {
    silentAttempt = null;
    failure = value;
    endedAt = at;
    because = value.message();
    invocations += value.invocations();
    usage = usage.plus(value.usage());
    attemptEnded();
  }

  void lost(String reason, Instant at) {
    silentAttempt = null;
    result = null;
    failure = null;
    endedAt = at;
    because = reason;
    attemptEnded();
  }

  private void attemptEnded() {
    endedAttemptsMs += runMs();
    if (firstStart == null) {
      firstStart = startedAt();
    }
  }

  /** Whether an attempt is under way; false while its result is being merged. */
  boolean inFlight() {
    return dispatchedAt != null && endedAt == null;
  }

  /** When its first process started, the dispatch while that is not known, or null. */
  @Nullable
  Instant firstStart() {
    return firstStart == null ? dispatchedAt : firstStart;
  }

  /** Time of all its attempts together, the one under way until {@code now}, in milliseconds. */
  long busyMs(Instant now) {
    return endedAttemptsMs + (inFlight() ? elapsedMs(now) : 0);
  }

  /** Run time of its last attempt, so far if it is under way, in milliseconds. */
  long elapsedMs(Instant now) {
    return inFlight() && dispatchedAt != null
        ? Math.max(0, Duration.between(dispatchedAt, now).toMillis())
        : runMs();
  }

  void integrated(MergeReport how, Instant at) {
    merge = how;
    conflict = null;
    question = null;
    integratedAt = at;
    because = null;
  }

  /** Notes that its work was taken out of the head again. */
  void undone(String reason) {
    MergeReport before = merge;
    merge =
        before == null
            ? null
            : new MergeReport("rolled_back", before.how(), before.files(), List.of());
    because = reason;
  }

  void conflicted(IntegrationResult.Conflicted found) {
    List<String> files = found.conflicts().stream().map(FileConflict::path).distinct().toList();
    conflict = found;
    merge = new MergeReport("conflicted", "none", files, found.conflicts());
    because = ConflictText.of(task.id(), found.conflicts());
  }

  void protectedPaths(IntegrationResult.ProtectedPaths paths) {
    merge = new MergeReport("protected", "none", paths.files(), List.of());
    because =
        "it changes files that only a person may change: "
            + String.join(", ", paths.files())
            + "; its work is kept in its attempt's ref";
  }

  /** Run time of the last process in milliseconds, 0 before it ended. */
  long runMs() {
    Instant start = startedAt();
    Instant end = finishedAt();
    return start == null || end == null ? 0 : Math.max(0, Duration.between(start, end).toMillis());
  }

  /** When the last process started; the dispatch while that is not known. */
  @Nullable
  Instant startedAt() {
    if (endedAt != null) {
      if (failure != null && failure.startedAt() != null) {
        return failure.startedAt();
      }
      if (failure == null && result != null) {
        return result.startedAt();
      }
    }
    return dispatchedAt;
  }

  /** When the last process ended, or null while it runs. */
  @Nullable
  Instant finishedAt() {
    if (endedAt == null) {
      return null;
    }
    if (failure != null && failure.finishedAt() != null) {
      return failure.finishedAt();
    }
    return failure == null && result != null ? result.finishedAt() : endedAt;
  }

  TaskReport report(TaskStatus status, int attempts, @Nullable String waits) {
    boolean succeeded = status == TaskStatus.SUCCEEDED;
    boolean integrated = succeeded || status == TaskStatus.ROLLED_BACK;
    AttemptResult done = result;
    AttemptFailure bad = failure;
    String output = bad != null ? bad.output() : done == null ? null : done.output();
    String outputRef = bad != null ? bad.outputRef() : done == null ? null : done.outputRef();
    return new TaskReport(
        task.id(),
        task.title(),
        familiar,
        group,
        status,
        attempts,
        invocations,
        integrated && done != null ? done.commit() : null,
        done == null ? List.of() : done.changedFiles(),
        output,
        outputRef,
        waits != null ? waits : succeeded ? null : because,
        done == null ? List.of() : done.notes(),
        readyAt,
        startedAt(),
        finishedAt(),
        integratedAt,
        runMs(),
        usage,
        merge,
        status == TaskStatus.AWAITING_PERSON ? question : null,
        bad != null ? bad.sessionId() : done == null ? null : done.sessionId());
  }
}
