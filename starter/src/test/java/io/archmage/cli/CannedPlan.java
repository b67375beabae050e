package io.archmage.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.contract.FailureTypes;
import io.archmage.durable.PlanWorkflow;
import io.archmage.durable.RunQueries;
import io.archmage.plan.PlanProblem;
import io.archmage.render.Reports;
import io.archmage.report.RunEvent;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.TaskReport;
import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workflow that ends as its document says, without doing anything. */
public final class CannedPlan implements PlanWorkflow, RunQueries {

  private static final TaskReport UI = Reports.succeeded("UI", "stitch", 0, 1_200);
  private static final TaskReport BE =
      Reports.task("BE", "codex", TaskStatus.FAILED, 3, "exit code 1", "no luck");

  @Override
  public RunReport run(@Nullable RawValue document, @Nullable RawValue options) {
    JsonNode plan =
        DefaultDataConverter.newDefaultInstance()
            .fromPayload(document.getPayload(), JsonNode.class, JsonNode.class);
    return switch (plan.path("end").asText()) {
      case "completed" -> report(RunStatus.COMPLETED, UI);
      case "partial" ->
        throw ApplicationFailure.newNonRetryableFailure(
            "Run demo-1 ended partial.",
            FailureTypes.RUN_NOT_SUCCESSFUL,
            report(RunStatus.PARTIAL, UI, BE));
      case "invalid" ->
        throw ApplicationFailure.newNonRetryableFailure(
            "The plan is wrong.",
            FailureTypes.INVALID_PLAN,
            List.of(
                new PlanProblem("x", "It is wrong.", "Right it.", "A", "p.yaml", 2, 3, false)));
      default -> {
        Workflow.await(() -> false);
        yield report(RunStatus.COMPLETED, UI);
      }
    };
  }

  private static RunReport report(RunStatus status, TaskReport... tasks) {
    return Reports.report(status, Reports.published(), tasks);
  }

  @Override
  public StatusPage status(@Nullable StatusRequest request) {
    return Reports.page(
        RunStatus.RUNNING,
        List.of(new RunEvent(Reports.START, "task_started", "UI", "stitch, attempt 1")),
        Reports.task("UI", "stitch", TaskStatus.RUNNING, 1, null, null));
  }

  @Override
  public Timeline timeline() {
    return new Timeline("demo-1", Reports.START, List.of(), 0, 0);
  }

  @Override
  public RunReport report() {
    return report(RunStatus.CANCELLED, UI);
  }
}
