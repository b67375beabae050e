package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * Who serves a run.
 *
 * @param repository absolute path of the repository, as the worker names it
 * @param repositoryId 12 hex digits that name the repository on its server
 * @param configHash hash of the worker's configuration
 * @param queue queue of every activity but the attempts
 * @param hostQueue queue of the attempts: the host that has their workspaces
 * @param redirect another queue to ask instead, or null; the other parts are then meaningless
 * @param options the second argument, checked
 */
@Wire
public record OpenedRun(
    String repository,
    String repositoryId,
    String configHash,
    String queue,
    String hostQueue,
    @Nullable String redirect,
    RunOptions options) {}
