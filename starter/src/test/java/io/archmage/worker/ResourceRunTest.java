package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Named resources, and slots left to others: real server, real git, real processes. */
@Timeout(120)
class ResourceRunTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private @Nullable WorkerJvm worker;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder);
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    if (worker != null) {
      worker.kill();
    }
    assertThat(project.processes()).isEmpty();
  }

  private WorkflowStub start(String plan) throws IOException, InterruptedException {
    serve();
    WorkflowStub stub =
        server.client()
            .newUntypedWorkflowStub(
                "Plan",
                WorkflowOptions.newBuilder().setTaskQueue(queue).setWorkflowId(id).build());
    stub.start(plan);
    return stub;
  }

  private void serve() throws IOException, InterruptedException {
    worker = WorkerJvm.start(server.target(), queue, project);
  }

  /** Whoever finds the other at work fails. */
  private static final String ALONE =
      """
          mkdir "$SCRIPTS/../database"
          for look in 1 2 3 4 5 6 7 8 9 10; do
            sleep 0.02
          done
          rmdir "$SCRIPTS/../database"
          touch "$ARCHMAGE_TASK_ID.txt"
          """;

  @Test
  void shouldKeepTasksApartThatShareState() throws Exception {
    project.configure("resources: {database: 1}\nerror_handling: {max_retries: 0}\n");
    for (String task : new String[] {"one", "two", "three"}) {
      project.script(task, ALONE);
    }

    JsonNode report =
        start(
            """
                tasks:
                  - {id: one, familiar: codex, resources: {database: 1}}
                  - {id: two, familiar: gemini, resources: {database: 1}}
                  - {id: three, familiar: stitch, resources: {database: 1}}
                """)
            .getResult(JsonNode.class);

    assertThat(report.get("status").asText()).isEqualTo("completed");
  }

  @Test
  void shouldLeaveASlotToATaskThatIsAboutToStart() throws Exception {
    project.configure(
        "concurrency: {per_familiar_limit: {codex: 1, gemini: 1}}\nresources: {gpu: 2}\n");
    project.script("P", "while [ ! -f \"$SCRIPTS/go\" ]; do sleep 0.05; done; touch P.txt\n");
    WorkflowStub stub =
        start(
            """
                tasks:
                  - {id: P, familiar: gemini, estimate: 1h}
                  - {id: Q, familiar: codex, depends_on: [P], estimate: 5h}
                  - {id: R, familiar: gemini, depends_on: [Q], estimate: 10h}
                  - {id: C, familiar: codex, estimate: 9h, resources: {gpu: 1}}
                """);
    awaitHeld(stub);
    worker.kill();
    serve();
    awaitHeld(stub);
    Files.writeString(folder.resolve("scripts/go"), "");

    JsonNode report = stub.getResult(JsonNode.class);

    assertThat(report.get("status").asText()).isEqualTo("completed");
    assertThat(startedAt(report, 1)).isBefore(startedAt(report, 3));
    assertThat(report.get("tasks").get(0).get("attempts").asInt()).isEqualTo(1);
  }

  private static void awaitHeld(WorkflowStub stub) throws Exception {
    Await.until(
        PATIENCE,
        "C leaves its slot to Q",
        () -> stub.query("status", JsonNode.class)
            .path("tasks")
            .path(3)
            .path("because")
            .asText()
            .equals("slot held for Q"));
  }

  private static Instant startedAt(JsonNode report, int task) {
    return Instant.parse(report.get("tasks").get(task).get("started_at").asText());
  }
}
