package io.archmage.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the work of tasks to be taken out of a head, all of it or nothing.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param number the rollback's, counted from 1; a repeat has the same
 * @param because id of the task whose failure is the reason
 * @param merges what to undo, in this order: the last one merged comes first
 * @param included attempts of tasks that stay and whose work the head had without a merge of its
 *     own
 * @param knownHead the head as the workflow knows it; an earlier try can only be newer
 * @param group the short name of the group's branch that has the work, or null for the run's own
 */
@Wire
public record RollbackRequest(
    RunKey run,
    String repository,
    int number,
    String because,
    List<Work> merges,
    List<Work> included,
    String knownHead,
    @Nullable String group) {

  /** Copies the lists. */
  public RollbackRequest {
    merges = List.copyOf(merges);
    included = List.copyOf(included);
  }

  /**
   * Work that is in the head.
   *
   * @param task the task's id
   * @param commit the head that its merge made, or its attempt's commit where there was no merge
   */
  @Wire
  public record Work(String task, String commit) {}
}
