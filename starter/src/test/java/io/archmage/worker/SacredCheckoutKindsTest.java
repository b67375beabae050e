package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a run goes, a checkout in the middle of somebody's work stays as it was, to the byte. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class SacredCheckoutKindsTest {

  private static final String STAGES =
      """
          execution: staged_parallel
          stages:
            - tasks: [{id: a, familiar: codex}, {id: k, familiar: codex}]
            - tasks: [{id: b, familiar: codex, depends_on: [a]}]
          """;

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;
  private DirtyCheckout checkout;

  @BeforeEach
  void begin() throws Exception {
    project = TestProject.make(folder.resolve("project"));
    for (String module : List.of("auth", "user", "payment")) {
      project.write("src/" + module + "/main.ts", module + "\n");
    }
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "modules");
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
    checkout = DirtyCheckout.make(project);
  }

  @AfterEach
  void shouldBeAsItWas() throws Exception {
    assertThat(checkout.now()).isEqualTo(checkout.before());
    assertThat(project.git("stash", "list")).contains("stash@{0}");
    assertThat(project.leftovers()).isEmpty();
  }

  private void start(String plan) throws Exception {
    Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
    temporal.start(
        "Plan",
        queue,
        id,
        "--input-file",
        file.toString(),
        "--input-meta",
        "encoding=binary/plain");
  }

  private JsonNode serve(String plan) throws Exception {
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      start(plan);
      temporal.result(id);
    }
    return report();
  }

  private JsonNode report() throws Exception {
    return new ObjectMapper()
        .readTree(project.git("cat-file", "-p", "refs/archmage/" + id + "/report"));
  }

  @ParameterizedTest
  @CsvSource({
    "Parallel, S0-02-pattern-a-independent.json",
    "StagedParallel, S0-03-pattern-b-staged.json",
    "Pipeline, S0-04-pattern-c-pipeline.json",
    "FanOutFanIn, S0-05-pattern-d-fan-out-fan-in.json",
    "Plan, S0-13-file-conflict.json"
  })
  void whateverTheKindOfPlan(String type, String input) throws Exception {
    for (String part : List.of("auth", "user", "payment")) {
      project.script(part, "echo new >src/$ARCHMAGE_TASK_ID/main.ts");
    }
    project.configure("workspace: {copy: [ignored/secret.txt], setup: [sh, -c, ':']}\n");
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      temporal.start(type, queue, id, "--input-file", temporal.input(input).toString());

      assertThat(temporal.report(id).at("/published/how").asText()).isEqualTo("left");
    }
  }

  @Test
  void ofARunThatFails() throws Exception {
    project.configure("error_handling: {max_retries: 1, on_failure: {retry_delay: 1ms}}\n");
    project.script("b", "echo b >src/app.txt; exit 1");

    assertThat(serve(STAGES).path("status").asText()).isEqualTo("partial");
  }

  @Test
  void ofARunThatIsRolledBack() throws Exception {
    project.configure(
        "error_handling: {max_retries: 0, on_cascade_failure: {preserve_successful: false}}\n");
    project.script("b", "exit 1");

    assertThat(serve(STAGES).path("status").asText()).isEqualTo("rolled_back");
  }

  @ParameterizedTest
  @CsvSource({"regular", "squash"})
  void ofARunWithAConflict(String strategy) throws Exception {
    for (String task : List.of("a", "k")) {
      project.script(
          task,
          """
              [ "$ARCHMAGE_ATTEMPT" = 2 ] || : >"$SCRIPTS/../at-$ARCHMAGE_TASK_ID"
              until [ -e "$SCRIPTS/../at-a" ] && [ -e "$SCRIPTS/../at-k" ]; do sleep 0.05; done
              echo "$ARCHMAGE_TASK_ID" >>src/app.txt
              """);
    }

    JsonNode report = serve("merge_strategy: " + strategy + "\n" + STAGES);

    assertThat(report.path("status").asText()).isEqualTo("completed");
    assertThat(project.invocations()).hasSize(4);
  }

  @Test
  void ofARunThatIsCancelled() throws Exception {
    project.script("a", "echo half >src/app.txt; : >\"$SCRIPTS/../busy\"; sleep 600");
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      start(STAGES);
      Await.until("a works", () -> Files.exists(project.root().resolve("busy")));
      temporal.workflow("cancel", "--workflow-id", id);
      temporal.result(id);
    }
    assertThat(report().path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void ofARunWhoseWorkerIsKilled() throws Exception {
    project.script(
        "a",
        """
            : >"$SCRIPTS/../busy"
            until [ -e "$SCRIPTS/../go" ]; do sleep 0.05; done
            echo a >src/app.txt
            """);
    try (WorkerJvm worker = WorkerJvm.start(server.target(), queue, project)) {
      start(STAGES);
      Await.until("a works", () -> Files.exists(project.root().resolve("busy")));
      worker.kill();
    }
    Files.createFile(project.root().resolve("go"));
    try (WorkerJvm worker = WorkerJvm.start(server.target(), queue, project)) {
      assertThat(temporal.report(id).at("/published/how").asText()).isEqualTo("left");
      assertThat(worker.isAlive()).isTrue();
    }
    assertThat(project.invocations()).hasSize(3);
  }
}
