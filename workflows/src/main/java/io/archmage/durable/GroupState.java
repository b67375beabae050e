package io.archmage.durable;

import io.archmage.contract.PreparedGroup;
import io.archmage.contract.WorktreeState;
import io.archmage.report.GroupReport;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one group while its run goes on. */
final class GroupState {

  final PreparedGroup group;
  final int tasks;
  /** Commits from elsewhere that its branch has. */
  final SortedSet<String> brought = new TreeSet<>();
  GroupReport.Status status = GroupReport.Status.ACTIVE;
  /** Where its branch is. */
  String head;
  /** Whether its worktree was asked for. */
  boolean opened;
  @Nullable
  String path;
  /** The head of the run that has its work. */
  @Nullable
  String commit;
  /** Why it stays unmerged, for good if nobody is asked. */
  @Nullable
  String because;
  private @Nullable String worktreeNote;

  GroupState(PreparedGroup group, int tasks) {
    this.group = group;
    this.tasks = tasks;
    head = group.head();
  }

  /** Whether there is no branch of its own any more. */
  boolean over() {
    return switch (status) {
      case MERGED, REMOVED -> true;
      case ACTIVE, MERGING, CONFLICT -> false;
    };
  }

  void worktree(@Nullable WorktreeState state) {
    if (state != null) {
      path = state.path();
      worktreeNote = state.because();
    }
  }

  GroupReport report() {
    return new GroupReport(
        group.id(),
        group.title(),
        group.epic() ? group.id() : null,
        status,
        group.name(),
        path,
        tasks,
        commit,
        because != null ? because : worktreeNote);
  }
}
