package io.archmage.durable;

import io.archmage.report.RunReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** The workflow type {@code Plan}: any form. */
public final class PlanWorkflowImpl implements PlanWorkflow {

  private final RunDriver driver;

  /** Readies the queries before the first of them can arrive. */
  @WorkflowInit
  public PlanWorkflowImpl(@Nullable RawValue document, @Nullable RawValue options) {
    driver = new RunDriver(null, document, options);
  }

  @Override
  public RunReport run(@Nullable RawValue document, @Nullable RawValue options) {
    return driver.run();
  }
}
