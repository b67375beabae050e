package io.archmage.durable;

import io.archmage.plan.Execution;
import io.archmage.report.RunReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** The workflow type {@code StagedParallel}. */
public final class StagedParallelWorkflowImpl implements StagedParallelWorkflow {

  private final RunDriver driver;

  /** Readies the queries before the first of them can arrive. */
  @WorkflowInit
  public StagedParallelWorkflowImpl(@Nullable RawValue document, @Nullable RawValue options) {
    driver = new RunDriver(Execution.STAGED_PARALLEL, document, options);
  }

  @Override
  public RunReport run(@Nullable RawValue document, @Nullable RawValue options) {
    return driver.run();
  }
}
