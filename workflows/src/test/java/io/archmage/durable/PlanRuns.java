package io.archmage.durable;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;

/** Runs of the real workflow on Temporal's in-memory server, where time is skipped. */
final class PlanRuns implements AutoCloseable {

  /** How many workflows a worker remembers by default. */
  private static final int CACHE = 600;

  private final TestWorkflowEnvironment environment;

  /** The types of workflow that a worker serves beside {@link PlanWorkflowImpl}. */
  static final Class<?>[] MORE_TYPES = {
    ParallelWorkflowImpl.class,
    StagedParallelWorkflowImpl.class,
    PipelineWorkflowImpl.class,
    FanOutFanInWorkflowImpl.class
  };

  private PlanRuns(int cacheSize, Object... activities) {
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(cacheSize).build())
                .build());
    Worker worker = environment.newWorker(FakeHost.QUEUE);
    worker.registerWorkflowImplementationTypes(PlanWorkflowImpl.class);
    worker.registerWorkflowImplementationTypes(MORE_TYPES);
    worker.registerActivitiesImplementations(activities);
    environment.start();
  }

  /** Served by those activities. */
  static PlanRuns on(Object... activities) {
    return new PlanRuns(CACHE, activities);
  }

  /** The same without a cache: every workflow task is a replay. */
  static PlanRuns replayed(Object... activities) {
    return new PlanRuns(0, activities);
  }

  WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  /** A run that is not started yet. */
  PlanWorkflow plan(String id) {
    return run(PlanWorkflow.class, id);
  }

  /** A run of any type that is not started yet. */
  <T> T run(Class<T> type, String id) {
    return client()
        .newWorkflowStub(
            type,
            WorkflowOptions.newBuilder().setTaskQueue(FakeHost.QUEUE).setWorkflowId(id).build());
  }

  /** The time that runs see. */
  Instant now() {
    return Instant.ofEpochMilli(environment.currentTimeMillis());
  }

  /** What happened in a run. */
  WorkflowExecutionHistory history(String id) {
    return client().fetchHistory(id);
  }

  /** Lets time pass. */
  void sleep(Duration time) {
    environment.sleep(time);
  }

  @Override
  public void close() {
    environment.close();
  }
}
