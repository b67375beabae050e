package io.archmage.worker;

import io.archmage.cli.Main;
import io.archmage.jvm.ArchmageJvm;
import io.archmage.server.EmbeddedServer;
import io.archmage.server.ServerRecord;
import io.archmage.server.TestPorts;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Temporal server on a database file, to be killed, and a client of it. */
final class CrashWorld implements AutoCloseable {

  private final EmbeddedServer embedded;
  private final String address;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  CrashWorld(TestProject project) {
    Map<String, String> environment = new LinkedHashMap<>(System.getenv());
    environment.put("ARCHMAGE_STATE", project.state().path().toString());
    environment.put("ARCHMAGE_TEMPORAL", DevServer.shared().cli());
    embedded = new EmbeddedServer(TestPorts.reserve(project.state()), environment);
    address =
        embedded
            .ensureRunning(
                ArchmageJvm.of(Main.class))
            .address();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    client = WorkflowClient.newInstance(stubs);
  }

  String address() {
    return address;
  }

  WorkflowClient client() {
    return client;
  }

  /** Kills the server; another one starts on its database. */
  boolean killServer() throws Exception {
    long pid = embedded.running().map(ServerRecord::pid).orElse(0L);
    boolean killed =
        pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
    if (killed) {
      Await.until(
          "another server answers",
          () -> embedded.running().filter(found -> found.pid() != pid).isPresent());
    }
    return killed;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    embedded.stop();
  }
}
