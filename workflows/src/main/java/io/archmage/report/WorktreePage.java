package io.archmage.report;

import io.archmage.contract.Wire;
import java.util.List;

/**
 * The answer of the query {@code worktrees}.
 *
 * @param runId the workflow id
 * @param worktrees the groups with their branches and worktrees, in the plan's order
 */
@Wire
public record WorktreePage(String runId, List<GroupReport> worktrees) {

  /** Copies the list. */
  public WorktreePage {
    worktrees = List.copyOf(worktrees);
  }
}
