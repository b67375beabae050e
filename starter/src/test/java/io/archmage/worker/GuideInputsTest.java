package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example plans of the guide as they stand, each run for real: who waits for whom. */
@Timeout(120)
class GuideInputsTest {

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder.resolve("project"));
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
  }

  private JsonNode run(String type, String input) throws Exception {
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      temporal.start(type, queue, id, "--input-file", temporal.input(input).toString());
      return completed();
    }
  }

  private JsonNode completed() throws Exception {
    JsonNode report = temporal.report(id);
    assertThat(report.get("status").asText()).isEqualTo("completed");
    assertThat(project.leftovers()).isEmpty();
    return report;
  }

  /** Lets tasks end only when all of them have begun, which proves that they overlap. */
  private void together(String... tasks) throws IOException {
    StringBuilder wait = new StringBuilder("touch \"$SCRIPTS/../began-$ARCHMAGE_TASK_ID\"\n");
    for (String other : tasks) {
      wait.append("until [ -e \"$SCRIPTS/../began-").append(other);
      wait.append("\" ]; do sleep 0.05; done\n");
    }
    for (String task : tasks) {
      project.script(task, wait + "echo mine >\"$ARCHMAGE_TASK_ID.txt\"\n");
    }
  }

  private static JsonNode task(JsonNode report, String name) {
    for (JsonNode task : report.get("tasks")) {
      if (task.get("id").asText().equals(name)) {
        return task;
      }
    }
    throw new AssertionError("no task " + name + " in " + report);
  }

  private static void assertAfter(JsonNode report, String later, String... earlier) {
    for (String first : earlier) {
      assertThat(task(report, later).get("started_at").asText())
          .as("%s starts after %s", later, first)
          .isGreaterThanOrEqualTo(task(report, first).get("integrated_at").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"S0-11-overview-timeline.json", "S0-14-execution-timeline.json"})
  void shouldOverlapBothImplementationsAndThenAnalyzeAndReview(String input) throws Exception {
    together("CodexFE", "CodexBE");

    JsonNode report = run("Plan", input);

    assertAfter(report, "Gemini", "CodexFE", "CodexBE");
    assertAfter(report, "Reviewer", "CodexFE", "CodexBE", "Gemini");
    assertThat(project.invocations()).hasSize(4).endsWith("Gemini 1", "Reviewer 1");
  }

  @Test
  void shouldRunTheDependencyGraphInItsFiveLevels() throws Exception {
    together("StitchUI", "CodexBE");

    JsonNode report = run("Plan", "S0-12-dependency-graph.json");

    assertThat(report.get("batches").toString())
        .isEqualTo(
            "[[\"Planning\"],[\"StitchUI\",\"CodexBE\"],[\"CodexFE\"],[\"GeminiAnalysis\"],"
                + "[\"Reviewer\"]]");
    assertAfter(report, "CodexFE", "Planning", "StitchUI");
    assertAfter(report, "GeminiAnalysis", "StitchUI", "CodexFE", "CodexBE");
    assertAfter(report, "Reviewer", "GeminiAnalysis");
    assertThat(task(report, "Planning").get("invocations").asInt()).isZero();
    assertThat(project.invocations()).hasSize(5).endsWith("GeminiAnalysis 1", "Reviewer 1");
  }

  @Test
  void shouldRunWritersOfOneFileOneAfterTheOther() throws Exception {
    project.script("A", "echo a >auth.ts; echo util >util.ts");
    project.script("B", "grep -q a auth.ts; echo b >>auth.ts; echo user >user.ts");

    JsonNode report = run("Parallel", "S0-13-file-conflict.json");

    assertAfter(report, "B", "A");
    assertThat(project.git("show", "main:auth.ts")).isEqualTo("a\nb");
    assertThat(project.git("ls-tree", "--name-only", "main").lines())
        .contains("util.ts", "user.ts");
    assertThat(report.at("/metrics/retry_count").asInt()).isZero();
  }

  @Test
  void shouldTakeTheUrgentFirstWhereThereIsOneSlot() throws Exception {
    project.configure("concurrency: {max_parallel: 1}\n");

    run("Parallel", "S0-15-priority-queue.json");

    assertThat(project.invocations()).containsExactly("critical 1", "feature 1", "refactor 1");
  }

  @Test
  void shouldStartAllAtOnceWhereThereAreThreeSlots() throws Exception {
    project.configure("concurrency: {max_parallel: 3}\n");
    together("critical", "feature", "refactor");

    run("Parallel", "S0-15-priority-queue.json");

    assertThat(project.invocations())
        .containsExactlyInAnyOrder("critical 1", "feature 1", "refactor 1");
  }

  @Test
  void shouldWaitForAPersonWherePartitionsWroteTheSameFile() throws Exception {
    for (String module : List.of("auth", "user", "payment")) {
      project.write("src/" + module + "/old.txt", "old\n");
    }
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "modules");
    together("auth", "user");
    project.script("payment", "echo new >src/payment/new.txt");
    for (String part : List.of("auth", "user")) {
      project.append(part, "echo $ARCHMAGE_TASK_ID >src/shared.txt\n");
    }
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      temporal.start(
          "FanOutFanIn",
          queue,
          id,
          "--input-file",
          temporal.input("S0-05-pattern-d-fan-out-fan-in.json").toString());
      Await.until("a part waits for a person", () -> !waiting().isEmpty());
      String part = waiting();
      Commands.Result answer =
          temporal.workflow(
              "update",
              "execute",
              "--workflow-id",
              id,
              "--name",
              "resolve",
              "--input",
              "{\"task\":\"" + part + "\",\"how\":\"theirs\"}");
      assertThat(answer.code()).as(answer.output()).isZero();

      JsonNode report = completed();

      assertThat(task(report, part).at("/merge/how").asText()).isEqualTo("person");
      assertThat(project.git("show", "main:src/shared.txt")).isEqualTo(part);
      assertThat(project.invocations())
          .containsExactlyInAnyOrder("auth 1", "user 1", "payment 1");
    }
  }

  /** The part that waits, or nothing. */
  private String waiting() throws Exception {
    Commands.Result result = temporal.workflow("query", "--workflow-id", id, "--name", "status");
    if (result.code() == 0) {
      JsonNode page = TemporalProgram.json(result).at("/queryResult/0");
      for (JsonNode task : page.path("tasks")) {
        if (task.path("status").asText().equals("awaiting_person")) {
          return task.path("id").asText();
        }
      }
    }
    return "";
  }
}
