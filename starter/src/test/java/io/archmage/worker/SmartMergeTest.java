package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two tasks that change one file at the same time, under the documented smart merge. */
@Timeout(120)
class SmartMergeTest {

  private static final String PLAN =
      """
          execution: parallel
          %s
          tasks:
            - {id: A, familiar: codex}
            - {id: B, familiar: codex}
          """;

  /** Goes on once the other task has begun, so that both start from one commit. */
  private static final String TOGETHER =
      """
          touch "$SCRIPTS/../began-$ARCHMAGE_TASK_ID"
          turns=0
          while ! [ -f "$SCRIPTS/../began-%s" ]; do
            turns=$((turns + 1))
            [ "$turns" -lt 600 ]
            sleep 0.05
          done
          """;

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
    project = TestProject.make(folder.resolve("project"));
    temporal = new TemporalProgram(server.cli(), server.target(), folder);
    project.write(
        "src/shop.py",
        "from m import a, b\n\n\ndef one():\n    x = 1\n    y = x\n    z = y\n    return 1\n");
    project.git("add", "-A");
    project.git("commit", "-q", "-m", "shop");
    project.configure(smartMerge());
    worker = ServingWorker.start(server.client(), queue, project);
  }

  @AfterEach
  void end() throws InterruptedException {
    worker.close();
  }

  /** The keys of the documented example, at the top of the configuration. */
  private static String smartMerge() throws IOException {
    try (var example =
        SmartMergeTest.class.getResourceAsStream("/configurations/S0-06-smart-merge.json")) {
      String json = new String(example.readAllBytes(), StandardCharsets.UTF_8).strip();
      return json.substring(1, json.length() - 1).strip() + "\n";
    }
  }

  private JsonNode run(String key) throws Exception {
    Path file = Files.writeString(folder.resolve("plan.yaml"), PLAN.formatted(key));
    temporal.start(
        "Plan", queue, id, "--input-file", file.toString(), "--input-meta",
        "encoding=binary/plain");
    JsonNode report = temporal.report(id);
    assertThat(report.get("status").asText()).isEqualTo("completed");
    return report;
  }

  private String merged() throws IOException, InterruptedException {
    return project.git("show", "main:src/shop.py");
  }

  private static JsonNode second(JsonNode report) {
    return StreamSupport.stream(report.get("tasks").spliterator(), false)
        .filter(task -> !task.at("/merge/how").asText().equals("fast_forward"))
        .findFirst()
        .orElseThrow();
  }

  private void adding(String task, String other, String name) throws IOException {
    project.script(
        task,
        TOGETHER.formatted(other)
            + """
                sed -i.old 's/import a, b/import a, b, %1$s/' src/shop.py
                rm src/shop.py.old
                printf '\\n\\ndef %1$s():\\n    return %1$s\\n' >>src/shop.py
                """
                .formatted(name));
  }

  @Test
  void shouldMergeDifferentFunctionsAndImportsOfOneFile() throws Exception {
    adding("A", "B", "left");
    adding("B", "A", "right");

    JsonNode report = run("");

    JsonNode second = second(report);
    assertThat(second.at("/merge/how").asText()).isEqualTo("structural");
    assertThat(second.at("/merge/structural").toString()).isEqualTo("[\"src/shop.py\"]");
    assertThat(second.get("attempts").asInt()).isEqualTo(1);
    assertThat(merged())
        .containsPattern("from m import a, b, (left, right|right, left)\n")
        .contains("def one():", "def left():", "def right():");
    assertThat(project.invocations()).hasSize(2);
  }

  @Test
  void shouldRunTheSecondTaskAfterTheFirstWhereBothChangeOneFunction() throws Exception {
    project.script(
        "A", TOGETHER.formatted("B") + "sed -i.old 's/x = 1/x = 10/' src/shop.py; rm src/*.old");
    project.script(
        "B",
        TOGETHER.formatted("A") + "sed -i.old 's/return 1/return 100/' src/shop.py; rm src/*.old");

    JsonNode report = run("");

    JsonNode second = second(report);
    assertThat(second.at("/merge/how").asText()).isEqualTo("rerun");
    assertThat(second.get("attempts").asInt()).isEqualTo(2);
    assertThat(merged()).contains("x = 10\n", "return 100");
    assertThat(project.invocations()).hasSize(3);
    assertThat(report.get("events").toString())
        .contains("src/shop.py (both changed function one: ");
  }

  @Test
  void shouldLetThePlanSayThatLinesAreEnough() throws Exception {
    project.script(
        "A", TOGETHER.formatted("B") + "sed -i.old 's/x = 1/x = 10/' src/shop.py; rm src/*.old");
    project.script(
        "B",
        TOGETHER.formatted("A") + "sed -i.old 's/return 1/return 100/' src/shop.py; rm src/*.old");

    JsonNode report = run("merge_strategy: collect_all");

    assertThat(second(report).at("/merge/how").asText()).isEqualTo("textual");
    assertThat(merged()).contains("x = 10\n", "return 100");
    assertThat(project.invocations()).hasSize(2);
  }
}
