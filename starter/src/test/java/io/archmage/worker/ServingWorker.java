package io.archmage.worker;

import io.archmage.project.Project;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.List;

/** A worker in this JVM, ended at close. */
final class ServingWorker implements AutoCloseable {

  private final WorkerProcess process;
  private final Thread thread;

  private ServingWorker(WorkerProcess process, Thread thread) {
    this.process = process;
    this.thread = thread;
  }

  static ServingWorker start(WorkflowClient client, String queue, TestProject... projects) {
    List<Project> loaded = new ArrayList<>();
    for (TestProject project : projects) {
      loaded.add(project.load().project());
    }
    WorkerProcess process = new WorkerProcess(client, new WorkerSettings(loaded, queue, null));
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    process.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    return new ServingWorker(process, thread);
  }

  @Override
  public void close() throws InterruptedException {
    process.requestStop();
    thread.join();
  }
}
