package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a run's head to be brought to its target branch.
 *
 * @param run the run
 * @param repository absolute path of the repository
 * @param target the branch, or null if there is none to publish to
 * @param head the run's head
 * @param strategy {@code regular}, {@code squash}, or {@code linear} for a run's branch that is
 *     squashed already: its commits are kept where the target has not moved
 * @param title one line for a commit that may be needed
 */
@Wire
public record PublishRequest(
    RunKey run,
    String repository,
    @Nullable String target,
    String head,
    String strategy,
    String title) {}
