package io.archmage.cli;

import io.archmage.contract.RunOptions;
import io.archmage.durable.WorkflowNames;
import io.archmage.server.TemporalConnection;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.Map;

/** Starts the workflow of a run. */
final class RunStarter {

  /** Larger plans are stored in the repository and only named in the run's history. */
  private static final int MAX_INLINE = 256 * 1024;

  private final TemporalConnection server;

  RunStarter(TemporalConnection server) {
    this.server = server;
  }

  /**
   * Starts a run.
   *
   * @return its execution
   * @throws CommandFailure if the id was used before
   */
  WorkflowExecution start(
      String runId, OpenedProject project, PlanDocument document, RunOptions options) {
    Object argument = argument(project, document);
    WorkflowOptions workflow =
        WorkflowOptions.newBuilder()
            .setWorkflowId(runId)
            .setTaskQueue(project.queue())
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setStaticSummary(summary(document, project))
            .setStaticDetails(details(document, project))
            .build();
    WorkflowStub stub = server.client().newUntypedWorkflowStub(WorkflowNames.PLAN, workflow);
    try {
      return stub.start(argument, options);
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw CommandFailure.invalid(
          "There is a run " + runId + " already. Choose another --run-id, or leave it out.");
    }
  }

  private static Object argument(OpenedProject project, PlanDocument document) {
    byte[] bytes = document.bytes();
    return bytes.length <= MAX_INLINE
        ? document.argument()
        : Map.of("plan_ref", project.store(bytes));
  }

  private static String summary(PlanDocument document, OpenedProject project) {
    String text = document.name() + " in " + project.repository().getFileName();
    return text.length() <= 100 ? text : text.substring(0, 99) + "…";
  }

  private static String details(PlanDocument document, OpenedProject project) {
    return "Plan `"
        + code(document.fileName())
        + "`, repository `"
        + code(project.repository().toString())
        + "`";
  }

  /** Markdown has no escape for a backtick inside code. */
  private static String code(String text) {
    return text.replace('`', '\'');
  }
}
