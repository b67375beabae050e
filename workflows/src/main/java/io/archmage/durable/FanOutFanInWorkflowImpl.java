package io.archmage.durable;

import io.archmage.plan.Execution;
import io.archmage.report.RunReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** The workflow type {@code FanOutFanIn}. */
public final class FanOutFanInWorkflowImpl implements FanOutFanInWorkflow {

  private final RunDriver driver;

  /** Readies the queries before the first of them can arrive. */
  @WorkflowInit
  public FanOutFanInWorkflowImpl(@Nullable RawValue document, @Nullable RawValue options) {
    driver = new RunDriver(Execution.FAN_OUT_FAN_IN, document, options);
  }

  @Override
  public RunReport run(@Nullable RawValue document, @Nullable RawValue options) {
    return driver.run();
  }
}
