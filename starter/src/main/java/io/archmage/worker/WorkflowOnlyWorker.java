package io.archmage.worker;

import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.concurrent.TimeUnit;

/** Answers queries of runs that nobody serves; takes no activity. */
public final class WorkflowOnlyWorker implements AutoCloseable {

  private final WorkerFactory factory;

  private WorkflowOnlyWorker(WorkerFactory factory) {
    this.factory = factory;
  }

  /** Starts answering on a queue. */
  public static WorkflowOnlyWorker start(WorkflowClient client, String queue) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    WorkflowTypes.register(
        factory.newWorker(
            queue, WorkerOptions.newBuilder().setLocalActivityWorkerOnly(true).build()));
    factory.start();
    return new WorkflowOnlyWorker(factory);
  }

  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(5, TimeUnit.SECONDS);
  }
}
