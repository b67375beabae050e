package io.archmage.contract;

/**
 * Asks who serves a run.
 *
 * @param runId the workflow id
 * @param execution the first execution's run id
 * @param queue the queue that the workflow was started on
 */
@Wire
public record OpenRunRequest(String runId, String execution, String queue) {}
