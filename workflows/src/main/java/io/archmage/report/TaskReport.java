package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.Usage;
import io.archmage.contract.Wire;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task in a report or a status view.
 *
 * @param id the task's id
 * @param title one line for people
 * @param familiar the familiar's name
 * @param group the group it belongs to, or null
 * @param status where it stands
 * @param attempts attempts dispatched
 * @param invocations processes started
 * @param commit the commit integrated, also if that was undone later; null if it changed nothing or
 *     did not succeed
 * @param changedFiles paths it changed
 * @param output what its familiar said, cut
 * @param outputRef ref of its whole output, or null
 * @param because why it waits, failed, was skipped or undone; null where that says nothing
 * @param notes files left out or discarded, one line each
 * @param readyAt when it could first run, or null
 * @param startedAt when its last process started, or null
 * @param finishedAt when its last process ended, or null
 * @param integratedAt when its work was in the head, or null
 * @param runMs run time of its last process in milliseconds
 * @param usage what its familiars said that they used, all attempts together
 * @param merge how its work was merged, or null
 * @param question what a person is asked about it, or null unless it waits for one
 * @param sessionId the session that its last familiar named, or null
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TaskReport(
    String id,
    String title,
    String familiar,
    @Nullable String group,
    TaskStatus status,
    int attempts,
    int invocations,
    @Nullable String commit,
    List<String> changedFiles,
    @Nullable String output,
    @Nullable String outputRef,
    @Nullable String because,
    List<String> notes,
    @Nullable Instant readyAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant integratedAt,
    long runMs,
    Usage usage,
    @Nullable MergeReport merge,
    @Nullable Question question,
    @Nullable String sessionId) {

  /** Copies the lists; missing ones are empty. */
  public TaskReport {
    changedFiles = changedFiles == null ? List.of() : List.copyOf(changedFiles);
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /** The same without output and paths, for reports that must be small. */
  public TaskReport compact() {
    return new TaskReport(
        id, title, familiar, group, status, attempts, invocations, commit, List.of(), null,
        outputRef, because, notes, readyAt, startedAt, finishedAt, integratedAt, runMs, usage,
        merge, question, sessionId);
  }
}
