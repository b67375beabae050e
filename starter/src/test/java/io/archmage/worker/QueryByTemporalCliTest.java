package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the plain {@code temporal} program can ask of a run, while it goes on and afterwards. */
@Timeout(120)
class QueryByTemporalCliTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String id = "run-" + UUID.randomUUID();

  private TemporalProgram temporal() {
    return new TemporalProgram(server.cli(), server.target(), folder);
  }

  private JsonNode query(String type, String... input) throws Exception {
    Commands.Result result = tryQuery(type, input);
    assertThat(result.code()).as(result.output()).isZero();
    JsonNode answer = JSON.readTree(result.output().substring(result.output().indexOf('{')));
    return answer.get("queryResult").get(0);
  }

  private Commands.Result tryQuery(String type, String... input)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("query", "--workflow-id", id, "--type", type));
    for (String each : input) {
      words.addAll(List.of("--input", each));
    }
    return temporal().workflow(words.toArray(String[]::new));
  }

  @Test
  void shouldAnswerTheNamedQueries() throws Exception {
    TestProject project = TestProject.make(folder);
    project.script(
        "B",
        """
            until [ -e "$SCRIPTS/../open" ] || ! [ -d "$SCRIPTS" ]; do sleep 0.05; done
            echo b >b.txt
            """);
    String queue = "archmage-test-" + UUID.randomUUID();
    try (ServingWorker worker = ServingWorker.start(server.client(), queue, project)) {
      assertThat(worker).isNotNull();
      temporal()
          .start(
              "Plan",
              queue,
              id,
              "--input",
              """
                  {"tasks": [
                    {"id": "A", "familiar": "codex", "outputs": ["a.txt"]},
                    {"id": "B", "familiar": "gemini", "depends_on": ["A"], "outputs": ["b.txt"]},
                    {"id": "C", "familiar": "codex", "outputs": ["b.txt"]}]}
                  """);
      Await.until(
          "the task B runs", () -> tryQuery("slots").output().contains("\"B\""));

      whileItGoesOn();
      Files.writeString(folder.resolve("open"), "");
      JsonNode report = temporal().report(id);
      afterwards(report);
    }
  }

  private void whileItGoesOn() throws Exception {
    JsonNode plan = query("plan");
    assertThat(plan.path("batches").toString()).isEqualTo("[[\"A\"],[\"B\"],[\"C\"]]");
    JsonNode declared = plan.at("/tasks/1/depends_on");
    assertThat(declared).hasSize(1);
    assertThat(declared.get(0).path("id").asText()).isEqualTo("A");
    assertThat(declared.get(0).path("type").asText()).isEqualTo("hard");
    assertThat(declared.get(0).path("because").asText()).isEqualTo("declared");
    assertThat(declared.get(0).path("needs_success").asBoolean()).isTrue();
    assertThat(plan.at("/tasks/2/depends_on/0/because").asText()).isEqualTo("file_conflict");
    assertThat(plan.at("/tasks/2/depends_on/0/detail").asText()).contains("b.txt");
    assertThat(plan.path("plan_object").asText()).matches("[0-9a-f]{40}");

    JsonNode slots = query("slots");
    assertThat(slots.path("busy").asInt()).isEqualTo(1);
    assertThat(slots.at("/slots/0/task").asText()).isEqualTo("B");
    assertThat(slots.at("/slots/0/familiar").asText()).isEqualTo("gemini");
    assertThat(slots.at("/slots/1/task").isNull()).isTrue();

    JsonNode named = query("metrics", "{\"names\": [\"active_tasks\", \"avg_wait_time\"]}");
    assertThat(named.fieldNames()).toIterable()
        .containsExactlyInAnyOrder("active_tasks", "avg_wait_time");
    assertThat(query("batches").at("/batches/1/status").asText()).isEqualTo("running");
    assertThat(query("batches", "{\"batch_number\": 1}").at("/batches/0/status").asText())
        .isEqualTo("completed");
    assertThat(tryQuery("batches", "{\"batch_number\": 0}").output())
        .contains("There is no batch 0; batches are numbered from 1 to 3.");
    assertThat(query("costs").path("usd").asDouble()).isZero();
  }

  private void afterwards(JsonNode report) throws Exception {
    assertThat(query("metrics")).isEqualTo(report.path("metrics"));
    assertThat(query("costs")).isEqualTo(report.path("costs"));
    assertThat(query("slots").path("busy").asInt()).isZero();
    assertThat(query("batches").at("/batches/2/status").asText()).isEqualTo("completed");
  }
}
