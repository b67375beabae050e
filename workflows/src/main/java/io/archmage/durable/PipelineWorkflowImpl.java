package io.archmage.durable;

import io.archmage.plan.Execution;
import io.archmage.report.RunReport;
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
}
