package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.cli.Main;
import io.archmage.jvm.ArchmageJvm;
import io.archmage.server.EmbeddedServer;
import io.archmage.server.ServerRecord;
import io.archmage.server.TestPorts;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server on its database file, killed while a run is under way. */
@Timeout(180)
class ServerRecoveryTest {

  @TempDir
  Path folder;
  private TestProject project;
  private EmbeddedServer embedded;
  private ServerRecord server;

  @BeforeEach
  void begin() throws Exception {
    project = TestProject.make(folder);
    Map<String, String> environment = new LinkedHashMap<>(System.getenv());
    environment.put("ARCHMAGE_STATE", project.state().path().toString());
    environment.put("ARCHMAGE_TEMPORAL", DevServer.shared().cli());
    embedded = new EmbeddedServer(TestPorts.reserve(project.state()), environment);
    server = embedded.ensureRunning(ArchmageJvm.of(Main.class));
  }

  @AfterEach
  void end() {
    embedded.stop();
  }

  @Test
  void shouldEndAnIdleWorkerWhoseServerIsGone() throws Exception {
    try (WorkerJvm worker =
        WorkerJvm.start(server.address(), "archmage", project, "--until-idle", "10s")) {
      Await.until("the worker serves", () -> worker.log().contains("serving archmage/"));
      embedded.stop();
      assertThat(worker.isAlive()).as(worker.log()).isTrue();

      Await.until("the worker has ended", () -> !worker.isAlive());
    }
  }

  @Test
  void shouldWaitForAServerThatIsNotThereYet() throws Exception {
    String port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = Integer.toString(free.getLocalPort());
    }
    String address = "127.0.0.1:" + port;
    Process late = null;
    try (WorkerJvm worker = WorkerJvm.start(address, "archmage", project)) {
      Await.until("the worker waits", () -> worker.log().contains("does not answer; trying"));
      late =
          new ProcessBuilder(
              DevServer.shared().cli(), "server", "start-dev", "--headless", "--port", port)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("late.log").toFile())
              .start();
      Await.until("the worker serves", () -> worker.log().contains("serving archmage/"));
    } finally {
      if (late != null) {
        late.destroy();
      }
    }
  }

  @Test
  void shouldServeOnceAServerThatWentAwayAtTheStartIsBack() throws Exception {
    String id = "run-" + UUID.randomUUID();
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(server.address()).build(),
            Duration.ofSeconds(10));
    WorkflowClient client = WorkflowClient.newInstance(stubs);
    embedded.stop();
    try (ServingWorker worker = ServingWorker.start(client, id, project)) {
      embedded.ensureRunning(ArchmageJvm.of(Main.class));
      WorkflowStub run =
          client.newUntypedWorkflowStub(
              "Plan", WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(id).build());

      run.start(Map.of("tasks", List.of(Map.of("id", "a", "familiar", "codex"))));

      JsonNode result = run.getResult(60, TimeUnit.SECONDS, JsonNode.class);
      assertThat(result.path("status").asText()).isEqualTo("completed");
      assertThat(worker).isNotNull();
    } finally {
      stubs.shutdownNow();
    }
  }

  @Test
  void shouldFinishARunWhoseServerWasKilled() throws Exception {
    String id = "run-" + UUID.randomUUID();
    project.script("FE", "until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done\necho FE >FE.txt");
    TemporalProgram temporal =
        new TemporalProgram(DevServer.shared().cli(), server.address(), folder);
    try (WorkerJvm worker = WorkerJvm.start(server.address(), "archmage", project)) {
      temporal.start(
          "StagedParallel",
          "archmage",
          id,
          "--input-file",
          temporal.input("S0-03-pattern-b-staged.json").toString());
      Await.until("FE is invoked", () -> project.invocations().contains("FE 1"));
      assertThat(ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly()).isTrue();
      Await.until(
          "another server answers",
          () -> embedded.running().filter(found -> found.pid() != server.pid()).isPresent());
      assertThat(embedded.running().orElseThrow().address()).isEqualTo(server.address());
      Files.createFile(folder.resolve("go"));

      JsonNode report = temporal.report(id);

      assertThat(report.get("status").asText()).isEqualTo("completed");
      assertThat(worker).isNotNull();
    }
    assertThat(project.invocations())
        .containsExactlyInAnyOrder("UI 1", "BE 1", "FE 1", "Analysis 1", "Review 1");
    assertThat(project.git("ls-tree", "-r", "--name-only", "main").lines())
        .contains("UI.txt", "BE.txt", "FE.txt", "Analysis.txt", "Review.txt");
    assertThat(project.leftovers()).isEmpty();
  }
}
