package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small plans whose shortest schedules are known, from the document to what the command prints:
 * each as tasks with dependencies, without and with a barrier.
 */
class PlanMakespanTest {

  /** Tests run in the module's directory. */
  private static final Path ROWS =
      Path.of("../workflows/src/test/resources/io/archmage/schedule/makespans.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private Path directory;

  @Test
  void shouldReachTheOptimumAndTheTimeOfStages() throws IOException {
    PlanKit kit = new PlanKit(directory);
    StringBuilder configuration = new StringBuilder("parallel_execution:\n");
    configuration.append("  concurrency: {per_familiar_limit: {codex: 3, worker: 1000}}\n");
    configuration.append("familiars: {codex: {command: [sh]}, worker: {command: [sh]}}\n");
    kit.configure(configuration.toString());
    List<JsonNode> rows =
        StreamSupport.stream(JSON.readTree(Files.readString(ROWS)).spliterator(), false).toList();

    assertThat(rows).hasSizeGreaterThan(90);
    for (JsonNode row : rows) {
      String name = row.get("id").asText() + ", slots " + row.get("slots").asText();
      JsonNode free = kit.json(document(row, false), "--max-concurrency", slots(row));
      assertThat(free.get("makespan_ms").asLong()).as(name).isEqualTo(time(row, "optimum"));
      assertThat(free.get("lower_bound_ms").asDouble())
          .as(name)
          .isCloseTo(
              (double) time(row, "lower_bound"), Offset.offset(10.0));
      assertThat(free.get("batches")).as(name).isEqualTo(row.get("batches"));
      JsonNode staged = kit.json(document(row, true), "--max-concurrency", slots(row));
      assertThat(staged.get("makespan_ms").asLong())
          .as(name + ", barrier")
          .isEqualTo(time(row, "batch_barrier"));
      assertThat(staged.get("barrier_bound_ms").asLong())
          .as(name + ", barrier")
          .isLessThanOrEqualTo(time(row, "batch_barrier"));
    }
  }

  /** One row is of a familiar whose three instances are scarcer than the four slots. */
  private static boolean capped(JsonNode row) {
    return row.get("id").asText().equals("M0-10");
  }

  private static String slots(JsonNode row) {
    if (capped(row)) {
      return "4";
    }
    return row.get("slots").isInt() ? row.get("slots").asText() : "1000";
  }

  private static String document(JsonNode row, boolean barrier) throws IOException {
    List<String> ids = new ArrayList<>();
    row.get("durations").fieldNames().forEachRemaining(ids::add);
    ObjectNode plan = JSON.createObjectNode().put("execution", "dag").put("barrier", barrier);
    ArrayNode tasks = plan.putArray("tasks");
    for (String id : ids) {
      ObjectNode task = tasks.addObject().put("id", id);
      task.put("familiar", capped(row) ? "codex" : "worker");
      task.put("estimate", millis(row.get("durations").get(id)) + "ms");
      task.set("depends_on", row.get("deps").path(id).deepCopy());
      if (!task.get("depends_on").isArray()) {
        task.putArray("depends_on");
      }
    }
    return JSON.writeValueAsString(plan);
  }

  private static long time(JsonNode row, String field) {
    return millis(row.get(field));
  }

  /** A unit of time is a second here. */
  private static long millis(JsonNode units) {
    return Math.round(units.asDouble() * 1_000);
  }
}
