package io.archmage.worker;

import io.archmage.contract.RunKey;
import io.archmage.server.ServerException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;

/** Asks a server what became of executions. */
public final class ServerRuns {

  private final WorkflowClient client;

  /** Runs of that client's server and namespace. */
  public ServerRuns(WorkflowClient client) {
    this.client = client;
  }

  /** What it knows of a run's first execution; not asked if it does not answer. */
  public RunFate find(String runId, String execution) {
    try {
      WorkflowExecutionDescription found =
          client
              .newUntypedWorkflowStub(
                  WorkflowTargetOptions.newBuilder()
                      .setWorkflowId(runId)
                      .setRunId(execution)
                      .build())
              .describe();
      return isOpen(found.getStatus())
          ? RunFate.of(RunFate.State.OPEN)
          : new RunFate(RunFate.State.ENDED, found.getCloseTime());
    } catch (WorkflowNotFoundException e) {
      return RunFate.of(RunFate.State.UNKNOWN);
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.NOT_FOUND
          ? RunFate.of(RunFate.State.UNKNOWN)
          : RunFate.NOT_ASKED;
    } catch (WorkflowException | ServerException e) {
      return RunFate.NOT_ASKED;
    }
  }

  /** The same for a run by its key. */
  public RunFate find(RunKey run) {
    return find(run.runId(), run.execution());
  }

  private static boolean isOpen(WorkflowExecutionStatus status) {
    return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED;
  }
}
