package io.archmage.cli;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** A worker in this process that serves {@link CannedPlan} under an identity of Archmage's. */
final class TestWorker implements AutoCloseable {

  private final WorkflowServiceStubs stubs;
  private final WorkerFactory factory;

  TestWorker(String address, String queue, String configHash) throws UnknownHostException {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    String identity =
        "archmage/0123456789ab/"
            + configHash
            + "/"
            + ProcessHandle.current().pid()
            + "@"
            + InetAddress.getLocalHost().getHostName();
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs, WorkflowClientOptions.newBuilder().setIdentity(identity).build());
    factory = WorkerFactory.newInstance(client);
    factory.newWorker(queue).registerWorkflowImplementationTypes(CannedPlan.class);
    factory.start();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    factory.awaitTermination(10, TimeUnit.SECONDS);
    stubs.shutdownNow();
  }
}
