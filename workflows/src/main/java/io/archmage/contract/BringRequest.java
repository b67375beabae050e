package io.archmage.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for work from elsewhere in a run to be merged into the branch that a task starts from.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param group the short name of the group's branch, or null for the run's own
 * @param task id of the task that is to start
 * @param knownHead where that branch is as the workflow knows it; it can only be newer
 * @param works what the task needs, in this order; may be empty, then only the group's worktree is
 *     made
 * @param linear whether the branch gets commits with one parent only
 */
@Wire
public record BringRequest(
    RunKey run,
    String repository,
    @Nullable String group,
    String task,
    String knownHead,
    List<Work> works,
    boolean linear) {

  /** Copies the list. */
  public BringRequest {
    works = List.copyOf(works);
  }

  /**
   * Work of a task.
   *
   * @param task the task's id
   * @param commit the head of its own branch with its work in it
   */
  @Wire
  public record Work(String task, String commit) {}
}
