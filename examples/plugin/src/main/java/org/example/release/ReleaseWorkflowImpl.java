package org.example.release;

import io.archmage.contract.FailureTypes;
import io.archmage.durable.WorkflowNames;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;

/** Carries the plan out as a child workflow and reads its report, be it a success or not. */
public final class ReleaseWorkflowImpl implements ReleaseWorkflow {

  @Override
  public Release release(String version, Object plan) {
    ChildWorkflowStub archmage =
        Workflow.newUntypedChildWorkflowStub(
            WorkflowNames.PLAN,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(Workflow.getInfo().getWorkflowId() + "-plan")
                .setTaskQueue(ReleaseWorker.AGENTS)
                .setStaticSummary("what the agents do for " + version)
                .build());
    try {
      RunReport report =
          archmage.execute(RunReport.class, plan, Map.of("merge_strategy", "squash"));
      return new Release(version, true, report.published().commit(), notes(report));
    } catch (ChildWorkflowFailure failure) {
      if (failure.getCause() instanceof ApplicationFailure cause
          && cause.getType().equals(FailureTypes.RUN_NOT_SUCCESSFUL)) {
        RunReport report = cause.getDetails().get(0, RunReport.class);
        return new Release(version, false, null, notes(report));
      }
      throw failure;
    }
  }

  private static List<String> notes(RunReport report) {
    return report.tasks().stream().map(ReleaseWorkflowImpl::note).toList();
  }

  private static String note(TaskReport task) {
    return task.id()
        + ": "
        + task.status().key()
        + (task.because() == null ? "" : " because " + task.because());
  }
}
