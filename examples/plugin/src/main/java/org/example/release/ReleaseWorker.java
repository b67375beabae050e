package org.example.release;

import io.archmage.worker.ArchmagePlugin;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A worker of somebody's own that serves a repository for Archmage, too. */
public final class ReleaseWorker {

  /** The queue of the workflow above. */
  static final String RELEASES = "releases";

  /** The queue of Archmage's runs; {@code archmage} unless said otherwise. */
  static final String AGENTS = System.getProperty("agents.queue", "archmage");

  private ReleaseWorker() {}

  /**
   * Serves until it is told to end.
   *
   * @param args the server's {@code host:port}, the repository, and its configuration's file
   */
  public static void main(String[] args) {
    WorkflowServiceStubs server =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(args[0]).build());
    WorkerFactory factory =
        WorkerFactory.newInstance(
            WorkflowClient.newInstance(server),
            WorkerFactoryOptions.newBuilder()
                .setPlugins(
                    ArchmagePlugin.newBuilder()
                        .repository(Path.of(args[1]), Path.of(args[2]))
                        .taskQueue(AGENTS)
                        .build())
                .build());
    factory
        .newWorker(System.getProperty("releases.queue", RELEASES))
        .registerWorkflowImplementationTypes(ReleaseWorkflowImpl.class);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(factory)));
    factory.start();
  }

  private static void end(WorkerFactory factory) {
    factory.shutdown();
    factory.awaitTermination(10, TimeUnit.SECONDS);
  }
}
