package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Workers that are asked to end while a familiar is at work. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class GracefulStopTest {

  private static final String PLAN =
      """
          {"tasks": [
            {"id": "first", "familiar": "codex", "description": "a"},
            {"id": "second", "familiar": "codex", "description": "b", "depends_on": ["first"]}]}
          """;

  private static final String WAIT =
      "until [ -e \"$SCRIPTS/../go\" ]; do sleep 0.05; done\necho done >first.txt\n"
          + "touch \"$SCRIPTS/../ended\"\n";

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder.resolve("project")).script("first", WAIT);
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
  }

  /** A worker that follows the first task's familiar. */
  private WorkerJvm atWork(String... options) throws Exception {
    WorkerJvm worker = WorkerJvm.start(server.target(), queue, project, options);
    Path plan = Files.writeString(folder.resolve("plan.json"), PLAN);
    temporal.start("Plan", queue, id, "--input-file", plan.toString());
    Await.until("the familiar is at work", () -> project.invocations().contains("first 1"));
    return worker;
  }

  private void go() throws IOException {
    Files.createFile(project.root().resolve("go"));
  }

  /** Starts another worker and checks that every task was done by one familiar in one attempt. */
  private void goesOn() throws Exception {
    try (WorkerJvm next = WorkerJvm.start(server.target(), queue, project)) {
      JsonNode report = temporal.report(id);
      assertThat(report.get("status").asText()).isEqualTo("completed");
      for (JsonNode task : report.get("tasks")) {
        assertThat(task.get("attempts").asInt()).isEqualTo(1);
        assertThat(task.get("invocations").asInt()).isEqualTo(1);
      }
      assertThat(next.log()).doesNotContain("Exception");
    }
    assertThat(project.invocations()).containsExactly("first 1", "second 1");
    assertThat(project.leftovers()).isEmpty();
    assertThat(project.processes()).isEmpty();
  }

  @Test
  void shouldWaitForTheFamiliarAndTakeNothingNew() throws Exception {
    try (WorkerJvm worker = atWork("--on-stop", "drain")) {
      worker.requestEnd();
      Await.until("it says what it waits for",
          () -> worker.log().contains("codex at task first of run " + id));
      assertThat(worker.isAlive()).isTrue();
      go();

      assertThat(worker.awaitEnd()).isZero();
      assertThat(worker.log()).doesNotContain("Exception");
    }
    assertThat(project.root().resolve("ended")).exists();
    assertThat(project.invocations()).containsExactly("first 1");
    assertThat(project.processes()).isEmpty();
    assertThat(project.git("rev-parse", "refs/archmage/" + id + "/attempts/first/1"))
        .as("its work was kept before the worker ended")
        .isNotEmpty();
    goesOn();
  }

  @Test
  void shouldLetGoAtTheSecondRequest() throws Exception {
    try (WorkerJvm worker = atWork("--on-stop", "drain")) {
      worker.requestEnd();
      Await.until("it waits", () -> worker.log().contains("codex at task first"));
      worker.requestEnd();
      assertThat(worker.awaitEnd()).isZero();
    }
    assertThat(project.root().resolve("ended")).doesNotExist();
    assertThat(project.processes()).isNotEmpty();
    go();
    goesOn();
  }

  @Test
  void shouldWaitNoLongerThanConfigured() throws Exception {
    project.configure("worker: {on_stop: drain, drain_timeout: 1s}\n");
    try (WorkerJvm worker = atWork()) {
      worker.requestEnd();
      assertThat(worker.awaitEnd()).isZero();
      assertThat(worker.log())
          .contains("still at work after 1 s: codex at task first", "letting go of them");
    }
    assertThat(project.processes()).isNotEmpty();
    go();
    goesOn();
  }

  @Test
  void shouldLetGoAtOnceAndBeFollowedAtOnceByTheNext() throws Exception {
    project.configure("worker: {on_stop: drain}\n");
    try (WorkerJvm worker = atWork("--on-stop", "detach");
        WorkerJvm next = WorkerJvm.start(server.target(), queue, project)) {
      Await.until("the next one serves", () -> next.log().contains("serving"));
      long asked = System.nanoTime();
      worker.requestEnd();
      assertThat(worker.awaitEnd()).isZero();
      assertThat(project.root().resolve("ended")).doesNotExist();
      go();
      Await.until("the run goes on", () -> project.invocations().contains("second 1"));
      Duration gap = Duration.ofNanos(System.nanoTime() - asked);
      System.out.println("GRACEFUL STOP: the run went on after " + gap.toMillis() + " ms");
      temporal.report(id);
      String history = temporal.workflow("show", "--workflow-id", id).output();
      assertThat(history.contains("another worker follows the attempt now"))
          .as("it was handed over")
          .isTrue();
      assertThat(history.contains("TIMEOUT_TYPE_HEARTBEAT"))
          .as("it was taken for dead first")
          .isFalse();
    }
    goesOn();
  }
}
