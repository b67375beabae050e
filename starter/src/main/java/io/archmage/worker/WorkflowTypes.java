package io.archmage.worker;

import io.archmage.durable.FanOutFanInWorkflowImpl;
import io.archmage.durable.ParallelWorkflowImpl;
import io.archmage.durable.PipelineWorkflowImpl;
import io.archmage.durable.PlanWorkflowImpl;
import io.archmage.durable.StagedParallelWorkflowImpl;
import io.temporal.worker.Worker;

/** The workflow types that every worker of Archmage has. */
final class WorkflowTypes {

  private WorkflowTypes() {}

  static void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        PlanWorkflowImpl.class,
        ParallelWorkflowImpl.class,
        StagedParallelWorkflowImpl.class,
        PipelineWorkflowImpl.class,
        FanOutFanInWorkflowImpl.class);
  }
}
