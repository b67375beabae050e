package io.archmage.durable;

import io.archmage.report.RunReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** Runs a plan of stages. */
@WorkflowInterface
public interface StagedParallelWorkflow {

  /**
   * Runs the plan to its end.
   *
   * @param document the plan: a JSON object, a JSON string with YAML in it, or bytes of either
   * @param options a JSON object of {@link io.archmage.contract.RunOptions}, or null
   * @return the report of a run whose tasks all succeeded
   * @throws io.temporal.failure.ApplicationFailure of type {@code InvalidPlan} or {@code
   *     RunNotSuccessful}, with a message for people
   */
  @WorkflowMethod(name = WorkflowNames.STAGED_PARALLEL)
  RunReport run(@Nullable RawValue document, @Nullable RawValue options);
}
