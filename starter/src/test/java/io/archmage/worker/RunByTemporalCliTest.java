package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans started by the plain {@code temporal} program: real server, real git, real processes. */
@Timeout(120)
class RunByTemporalCliTest {

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;
  private ServingWorker worker;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder);
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
    worker = ServingWorker.start(server.client(), queue, project);
  }

  @AfterEach
  void end() throws InterruptedException {
    worker.close();
  }

  private JsonNode completed(String type, Path file, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("--input-file", file.toString()));
    words.addAll(List.of(more));
    temporal.start(type, queue, id, words.toArray(String[]::new));
    JsonNode report = temporal.report(id);
    assertThat(report.get("status").asText()).isEqualTo("completed");
    String head = report.get("head_commit").asText();
    assertThat(project.git("rev-parse", report.get("branch").asText())).isEqualTo(head);
    assertThat(report.get("published").get("how").asText())
        .as(report.get("published").toString())
        .isEqualTo("fast_forward");
    assertThat(project.git("rev-parse", "main")).isEqualTo(head);
    assertThat(project.git("status", "--porcelain")).isEmpty();
    assertThat(project.git("fsck", "--strict")).isEmpty();
    assertThat(project.leftovers()).isEmpty();
    return report;
  }

  private String failure() throws Exception {
    JsonNode end = temporal.result(id);
    assertThat(end.path("status").asText()).isEqualTo("FAILED");
    return end.path("closeEvent")
        .path("workflowExecutionFailedEventAttributes")
        .path("failure")
        .path("message")
        .asText();
  }

  @Test
  void shouldRunATaskListWithDependencies() throws Exception {
    JsonNode report = completed("Plan", temporal.input("S0-01-dependency-detection.json"));

    assertThat(report.get("execution").asText()).isEqualTo("dag");
    assertThat(ids(report)).containsExactly("T1", "T2", "T3");
    assertThat(report.get("batches").toString()).isEqualTo("[[\"T1\",\"T3\"],[\"T2\"]]");
    assertThat(project.git("ls-tree", "-r", "--name-only", "main").lines())
        .contains("components/Button.tsx", "pages/Login.tsx", "api/auth.ts");
    assertThat(project.invocations()).containsExactlyInAnyOrder("T1 1", "T2 1", "T3 1");
    assertThat(project.invocations().indexOf("T2 1"))
        .isGreaterThan(project.invocations().indexOf("T1 1"));
    String log = project.git("log", "--format=%(trailers:key=Archmage-Task,valueonly)", "main");
    assertThat(log.lines()).contains("T1", "T2", "T3");
  }

  @Test
  void shouldRunIndependentTasks() throws Exception {
    JsonNode report = completed("Parallel", temporal.input("S0-02-pattern-a-independent.json"));

    assertThat(ids(report)).containsExactly("A", "B", "C");
    assertThat(report.get("batches").toString()).isEqualTo("[[\"A\",\"B\",\"C\"]]");
    assertThat(project.git("ls-tree", "-r", "--name-only", "main").lines())
        .contains("utils/format.ts", "utils/validate.ts", "utils/transform.ts");
  }

  @Test
  void shouldRunStagesInOrder() throws Exception {
    JsonNode report = completed("StagedParallel", temporal.input("S0-03-pattern-b-staged.json"));

    assertThat(ids(report)).containsExactly("UI", "BE", "FE", "Analysis", "Review");
    List<String> order = project.invocations();
    assertThat(order).hasSize(5);
    assertThat(order.get(2)).isEqualTo("FE 1");
  }

  @Test
  void shouldRunYamlAsBytes() throws Exception {
    Path file = folder.resolve("plan.yaml");
    Files.writeString(
        file,
        """
            # two tasks
            tasks:
              - {id: one, familiar: codex, outputs: [one.txt]}
              - {id: two, familiar: gemini, outputs: [two.txt], depends_on: [one]}
            """);

    JsonNode report = completed("Plan", file, "--input-meta", "encoding=binary/plain");

    assertThat(ids(report)).containsExactly("one", "two");
  }

  @Test
  void shouldFailAtOnceOnABadPlanWithEveryProblem() throws Exception {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        """
            tasks:
              - {id: one, familiar: codxe, outputs: [/etc/passwd]}
              - {id: one, familiar: codex, depends_on: [three]}
            """);
    temporal.start(
        "Plan", queue, id, "--input-file", file.toString(), "--input-meta",
        "encoding=binary/plain");

    assertThat(failure())
        .contains("codxe")
        .contains("codex")
        .contains("/etc/passwd")
        .contains("three")
        .contains("line 2")
        .contains("line 3");
    assertThat(project.invocations()).isEmpty();
    assertThat(project.git("for-each-ref", "refs/archmage", "refs/heads/archmage")).isEmpty();
  }

  @Test
  void shouldSayThatAPlanIsMissing() throws Exception {
    temporal.start("Plan", queue, id);

    assertThat(failure()).contains("without a plan").contains("argument 1");
  }

  @Test
  void shouldRefuseUnknownOptions() throws Exception {
    temporal.start(
        "Plan", queue, id, "--input", "{\"tasks\": []}", "--input", "{\"max_paralell\": 3}");

    assertThat(failure()).contains("max_paralell").contains("max_parallel");
  }

  @Test
  void shouldTellAFailedRunWhole() throws Exception {
    project.script("two", "echo no more credit >&2; exit 3");
    project.configure("error_handling: {on_failure: {max_retries: 1, retry_delay: 10}}\n");
    worker.close();
    worker = ServingWorker.start(server.client(), queue, project);
    temporal.start(
        "Plan",
        queue,
        id,
        "--input",
        "{\"tasks\": [{\"id\": \"one\", \"familiar\": \"codex\"},"
            + " {\"id\": \"two\", \"familiar\": \"codex\"},"
            + " {\"id\": \"three\", \"familiar\": \"codex\", \"depends_on\": [\"two\"]}]}");

    assertThat(failure())
        .contains("ended partial: 1 of 3 tasks succeeded")
        .contains("two: failed: codex exited with 3: no more credit")
        .contains("three: skipped: needs two, which failed");
    assertThat(project.invocations()).containsExactlyInAnyOrder("one 1", "two 1", "two 2");
    assertThat(project.leftovers()).isEmpty();
    assertThat(project.git("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("main");
  }

  @Test
  void shouldKeepWhatAFailedAttemptLeft() throws Exception {
    project.script("one", "echo half >half.txt; exit 1");
    project.configure("error_handling: {max_retries: 0}\n");
    worker.close();
    worker = ServingWorker.start(server.client(), queue, project);
    temporal.start(
        "Plan", queue, id, "--input", "{\"tasks\": [{\"id\": \"one\", \"familiar\": \"codex\"}]}");

    assertThat(failure()).contains("ended failed");
    String ref = "refs/archmage/" + id + "/attempts/one/1";
    assertThat(project.git("show", ref + ":half.txt")).isEqualTo("half");
  }

  @Test
  void shouldRerunOnTheMergedHeadAfterAConflict() throws Exception {
    project.script("left", "sed -i 's/two/LEFT/' src/app.txt");
    project.script(
        "right",
        """
            if [ "$ARCHMAGE_ATTEMPT" = 1 ]; then
              until git --git-dir="$SCRIPTS/../repository/.git" show-ref -q "refs/archmage/$ARCHMAGE_RUN_ID/logs/left/1"; do sleep 0.05; done
              sleep 0.5
            else
              grep -q LEFT src/app.txt
              grep -q "could not be merged" "$ARCHMAGE_PROMPT_FILE"
            fi
            sed -i 's/^two$/RIGHT/; s/LEFT/LEFT RIGHT/' src/app.txt
            """);
    temporal.start(
        "Plan",
        queue,
        id,
        "--input",
        "{\"tasks\": [{\"id\": \"left\", \"familiar\": \"codex\"},"
            + " {\"id\": \"right\", \"familiar\": \"codex\"}]}");

    JsonNode report = temporal.report(id);

    assertThat(report.get("tasks").get(1).get("merge").get("how").asText()).isEqualTo("rerun");
    assertThat(project.git("show", "main:src/app.txt")).isEqualTo("one\nLEFT RIGHT\nthree");
  }

  private static List<String> ids(JsonNode report) {
    return StreamSupport.stream(report.get("tasks").spliterator(), false)
        .map(task -> task.get("id").asText())
        .toList();
  }
}
