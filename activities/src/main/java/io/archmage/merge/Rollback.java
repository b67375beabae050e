package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.Identity;
import io.archmage.plan.MergeRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to take out of a run's head.
 *
 * @param branch the full name of the branch with the work, which must exist
 * @param run the run's id
 * @param execution the id of the run's first execution
 * @param number which rollback of the run this is, counted from 1
 * @param because id of the task whose failure is the reason
 * @param undone what to undo, the last one merged first; the commits are heads that merges made
 * @param included attempts of tasks that stay, whose work the head had without a merge of its own
 * @param knownHead the head when this was first asked for; how far back a repeat looks
 * @param author of the commits
 * @param when the commits were made
 * @param rules for merging files by their declarations, empty if they are merged by lines alone
 */
public record Rollback(
    String branch,
    String run,
    String execution,
    int number,
    String because,
    List<Work> undone,
    List<Work> included,
    CommitId knownHead,
    Identity author,
    Instant when,
    Optional<MergeRules> rules) {

  /** Copies the lists. */
  public Rollback {
    undone = List.copyOf(undone);
    included = List.copyOf(included);
  }

  /**
   * Work of a task.
   *
   * @param task the task's id
   * @param commit where it is
   */
  public record Work(String task, CommitId commit) {}
}
