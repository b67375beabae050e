package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * The worktree of a group.
 *
 * @param path where it is, or null if there is none
 * @param because why there is none, or why it does not show the branch or is still there; else null
 */
@Wire
public record WorktreeState(@Nullable String path, @Nullable String because) {}
