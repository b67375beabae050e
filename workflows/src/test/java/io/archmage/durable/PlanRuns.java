package io.archmage.durable;

import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;

/** Runs of the real workflow on Temporal's in-memory server, where time is skipped. */
final class PlanRuns implements AutoCloseable {

  /** How many workflows a worker remembers by default. */
  private static final int CACHE = 600;

  private final TestWorkflowEnvironment environment;

  private PlanRuns(int cacheSize, Object... activities) {
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(cacheSize).build())
                .build());
    Worker worker = environment.newWorker(FakeHost.QUEUE);
    worker.registerWorkflowImplementationTypes(PlanWorkflowImpl.class);
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

  /** A run that is not started yet. */
  PlanWorkflow plan(String id) {
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            PlanWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(FakeHost.QUEUE).setWorkflowId(id).build());
  }

  /** What happened in a run. */
  WorkflowExecutionHistory history(String id) {
    return environment.getWorkflowClient().fetchHistory(id);
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
