package io.archmage.contract;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a plan to be read and proven.
 *
 * @param runId the workflow id
 * @param execution the first execution's run id
 * @param pattern the execution that the workflow type stands for, as in documents, or null for any
 * @param repository absolute path of the repository
 * @param options the run's options
 */
@Wire
public record PrepareRequest(
    String runId,
    String execution,
    @Nullable String pattern,
    String repository,
    RunOptions options) {}
