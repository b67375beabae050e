package io.archmage.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.archmage.e2e.Workshop.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code archmage plan} says is what {@code archmage run} then does. */
@Timeout(180)
class PlanAgreesWithRunTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * All levels wait for the whole level before them: merging takes no time in the simulation, so
   * elsewhere a task may begin while one that goes first is not merged yet.
   */
  private static final String LEVELS =
      """
          tasks:
            - {id: small, familiar: codex, depends_on: [root], estimate: 5s}
            - {id: big, familiar: gemini, depends_on: [root], estimate: 90s}
            - {id: one, familiar: codex, depends_on: [root], outputs: [both.txt], estimate: 3s}
            - {id: other, familiar: stitch, depends_on: [root], outputs: ["*.txt"], estimate: 1s}
            - {id: urgent, familiar: codex, depends_on: [root], priority: 1, estimate: 2s}
            - {id: root, familiar: stitch}
            - {id: last, familiar: codex, depends_on: [small, big, one, other, urgent]}
          """;

  @TempDir
  private static Path directory;
  private static Workshop workshop;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    workshop = new Workshop(directory);
  }

  @AfterAll
  static void close() throws IOException {
    workshop.close();
  }

  @Test
  void shouldStartTasksInThePlannedOrder() throws Exception {
    agree(workshop.plan("levels.yaml", LEVELS));
  }

  @Test
  void shouldStartStagesInThePlannedOrder() throws Exception {
    agree(workshop.plan("staged.json", Workshop.resource("staged.json")));
  }

  @Test
  void shouldExpectWhatEarlierRunsTook() throws Exception {
    Path plan =
        workshop.plan(
            "known.yaml", "tasks: [{id: known, familiar: reviewer, action: research}]\n");
    JsonNode report = document(workshop.run(plan, "--json"));
    JsonNode after = document(workshop.archmage("plan", plan.toString(), "--json"));

    assertThat(after.at("/tasks/0/estimate_from").asText()).isEqualTo("history");
    assertThat(after.at("/tasks/0/estimate_ms").asLong())
        .isEqualTo(
            Math.max(1, Math.round(report.at("/tasks/0/run_ms").asLong() / 1_000.0)) * 1_000);
    assertThat(workshop.archmage("plan", plan.toString()).out())
        .contains("Estimates", "1 from earlier runs here");
  }

  private static void agree(Path plan) throws Exception {
    JsonNode planned =
        document(
            workshop.archmage(
                "plan", plan.toString(), "--max-concurrency", "1", "--json", "--config",
                workshop.configurationFile().toString()));
    JsonNode report = document(workshop.run(plan, "--max-concurrency", "1", "--json"));

    assertThat(planned.get("tasks")).isNotEmpty();
    assertThat(report.get("batches")).isEqualTo(planned.get("batches"));
    assertThat(ids(report, Comparator.comparing(PlanAgreesWithRunTest::startedAt)))
        .isEqualTo(
            ids(planned, Comparator.comparingLong(task -> task.get("start_ms").asLong())));
  }

  private static Instant startedAt(JsonNode task) {
    return Instant.parse(task.get("started_at").asText());
  }

  private static List<String> ids(JsonNode document, Comparator<JsonNode> order) {
    return StreamSupport.stream(document.get("tasks").spliterator(), false)
        .sorted(order)
        .map(task -> task.get("id").asText())
        .toList();
  }

  private static JsonNode document(Outcome outcome) throws IOException {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return JSON.readTree(outcome.out());
  }
}
