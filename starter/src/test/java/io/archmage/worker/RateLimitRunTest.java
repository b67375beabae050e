package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.enums.v1.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits over time and the end at the first failure: real server, real git, real processes. */
@Timeout(120)
class RateLimitRunTest {

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private final String id = "run-" + UUID.randomUUID();
  private TestProject project;
  private TemporalProgram temporal;
  private @Nullable ServingWorker worker;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    project = TestProject.make(folder);
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
  }

  @AfterEach
  void end() throws InterruptedException {
    if (worker != null) {
      worker.close();
    }
    assertThat(project.processes()).isEmpty();
  }

  private JsonNode run(String plan) throws IOException, InterruptedException {
    Path file = folder.resolve("plan.yaml");
    Files.writeString(file, plan);
    worker = ServingWorker.start(server.client(), queue, project);
    return temporal.execute(
        "Plan", queue, id, "--input-file", file.toString(), "--input-meta",
        "encoding=binary/plain");
  }

  @Test
  void shouldStartNoMoreInASecondThanTheRateAllows() throws Exception {
    project.configure(
        "concurrency: {max_parallel: 6, per_familiar: {codex: {max_instances: 6, rate_limit:"
            + " 2/second}}}\n");

    JsonNode report =
        run(
            """
                tasks:
                  - {id: one, familiar: codex, outputs: [one.txt]}
                  - {id: two, familiar: codex, outputs: [two.txt]}
                  - {id: three, familiar: codex, outputs: [three.txt]}
                  - {id: four, familiar: codex, outputs: [four.txt]}
                  - {id: five, familiar: codex, outputs: [five.txt]}
                  - {id: other, familiar: gemini, outputs: [other.txt]}
                """)
            .get("result");

    assertThat(report.get("status").asText()).isEqualTo("completed");
    List<Instant> starts = new ArrayList<>();
    for (JsonNode event : report.get("events")) {
      if (event.get("type").asText().equals("task_started")) {
        if (event.get("task").asText().equals("other")) {
          assertThat(starts).as("codex before gemini").hasSizeLessThanOrEqualTo(2);
        } else {
          starts.add(Instant.parse(event.get("at").asText()));
        }
      }
    }
    assertThat(starts).hasSize(5);
    for (int start = 2; start < starts.size(); start++) {
      assertThat(Duration.between(starts.get(start - 2), starts.get(start)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
    assertThat(timerSummaries())
        .isNotEmpty()
        .allMatch(summary -> summary.contains("rate limit codex 2/second: "));
  }

  @Test
  void shouldKeepWhatWasStoppedByTheFirstFailure() throws Exception {
    project.configure("error_handling: {fail_fast: true, max_retries: 0}\n");
    project.script("breaks", "while [ ! -f \"$SCRIPTS/begun\" ]; do sleep 0.05; done; exit 3\n");
    project.script(
        "runs", "echo half >half.txt; touch \"$SCRIPTS/begun\"; exec sleep 600\n");

    JsonNode end =
        run(
            """
                tasks:
                  - {id: breaks, familiar: codex}
                  - {id: runs, familiar: gemini}
                  - {id: later, familiar: gemini, depends_on: [runs]}
                """);

    assertThat(end.path("status").asText()).isEqualTo("FAILED");
    JsonNode report = server.client().newUntypedWorkflowStub(id).query("report", JsonNode.class);
    assertThat(report.get("status").asText()).isEqualTo("failed");
    JsonNode runs = report.get("tasks").get(1);
    assertThat(runs.get("status").asText()).isEqualTo("cancelled");
    assertThat(runs.get("because").asText()).contains("breaks failed");
    assertThat(report.get("tasks").get(2).get("because").asText())
        .isEqualTo("breaks failed, and the run ends at its first failure (fail_fast)");
    assertThat(project.git("show", "refs/archmage/" + id + "/attempts/runs/1:half.txt"))
        .isEqualTo("half");
  }

  /** What the Web UI shows beside the run's timers. */
  private List<String> timerSummaries() {
    return server.client()
        .fetchHistory(id)
        .getEvents()
        .stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)
        .map(event -> event.getUserMetadata().getSummary().getData().toStringUtf8())
        .toList();
  }
}
