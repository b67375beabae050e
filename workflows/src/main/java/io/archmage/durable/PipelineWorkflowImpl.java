package io.archmage.durable;

import io.archmage.plan.Execution;
import io.archmage.report.RunReport;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.Timeline;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** The workflow type {@code Pipeline}. */
public final class PipelineWorkflowImpl implements PipelineWorkflow {

  private final RunDriver driver;

  /** Readies the queries before the first of them can arrive. */
  @WorkflowInit
  public PipelineWorkflowImpl(@Nullable RawValue document, @Nullable RawValue options) {
    driver = new RunDriver(Execution.PIPELINE, document, options);
  }

  @Override
  public RunReport run(@Nullable RawValue document, @Nullable RawValue options) {
    return driver.run();
  }

  @Override
  public StatusPage status(@Nullable StatusRequest request) {
    return driver.views().status(request);
  }

  @Override
  public Timeline timeline() {
    return driver.views().timeline();
  }

  @Override
  public RunReport report() {
    return driver.views().report();
  }
}
