package io.archmage.contract;

/**
 * What came of merging a group.
 *
 * @param groupHead where the group's branch is, or was before it was put away
 * @param result as for an attempt: the run's head that has the work, or why it has not
 * @param worktree what became of its worktree
 */
@Wire
public record GroupMergeResult(
    String groupHead, IntegrationResult result, WorktreeState worktree) {}
