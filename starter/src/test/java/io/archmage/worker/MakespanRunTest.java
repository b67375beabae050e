package io.archmage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long real runs of the two examples with printed timelines take, beside their optimum: every
 * familiar sleeps for its task's run time; both run at once, each in its own repository.
 */
@Timeout(300)
@Isolated("it measures time")
class MakespanRunTest {

  /** How much longer than the optimum they may take. */
  private static final double LIMIT = 1.02;

  /** How many milliseconds stand for a unit of time: these are seconds. */
  private static final int SCALE = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROWS =
      Path.of("../workflows/src/test/resources/io/archmage/schedule/makespans.json");

  @TempDir
  Path folder;
  private final DevServer server = DevServer.shared();
  private final String queue = "archmage-test-" + UUID.randomUUID();
  private @Nullable ServingWorker worker;

  @AfterEach
  void end() throws InterruptedException {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void shouldTakeHardlyLongerAtFullTime() throws Exception {
    assumeTrue(Boolean.getBoolean("makespan.full_time"), "takes more than a minute");
    List<Example> examples = examples();
    List<TestProject> projects = new ArrayList<>();
    for (Example example : examples) {
      projects.add(example.project(folder));
    }
    worker =
        ServingWorker.start(server.client(), queue, projects.toArray(TestProject[]::new));
    List<WorkflowStub> runs = new ArrayList<>();
    for (int run = 0; run < examples.size(); run++) {
      runs.add(start(examples.get(run), projects.get(run)));
    }
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (int run = 0; run < examples.size(); run++) {
      JsonNode report = runs.get(run).getResult(JsonNode.class);
      assertThat(report.get("status").asText()).isEqualTo("completed");
      double makespan = report.get("metrics").get("makespan_ms").asDouble();
      ratios.put(examples.get(run).id(), makespan / examples.get(run).optimum());
    }
    print(ratios);
    assertThat(ratios).isNotEmpty()
        .allSatisfy(
            (example, ratio) -> assertThat(ratio).as(example).isLessThanOrEqualTo(LIMIT));
  }

  private static void print(Map<String, Double> ratios) {
    Map.Entry<String, Double> worst =
        ratios.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    System.out.printf(
        "MAKESPANS: %d runs at full time, at once: mean %.3f of the optimum, worst %.3f (%s)%n",
        ratios.size(),
        ratios.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        worst.getValue(),
        worst.getKey());
  }

  private WorkflowStub start(Example example, TestProject project) {
    WorkflowStub stub =
        server.client()
            .newUntypedWorkflowStub(
                "Plan",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(queue)
                    .setWorkflowId("run-" + UUID.randomUUID())
                    .build());
    stub.start(
        example.plan(),
        Map.of(
            "repository", project.repository().toString(),
            "max_parallel", example.slots()));
    return stub;
  }

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (JsonNode row : JSON.readTree(ROWS.toFile())) {
      if (List.of("M0-1", "M0-2").contains(row.get("id").asText())
          && row.get("slots").asText().equals("2")) {
        examples.add(new Example(row));
      }
    }
    return examples;
  }

  /** One row of the examples. */
  private record Example(JsonNode row) {

    String id() {
      return row.get("id").asText() + " with " + row.get("slots").asText() + " slots";
    }

    double optimum() {
      return row.get("optimum").asDouble() * SCALE;
    }

    int slots() {
      return row.get("slots").isInt() ? row.get("slots").asInt() : row.get("durations").size();
    }

    TestProject project(Path folder) throws IOException, InterruptedException {
      TestProject project = TestProject.make(folder.resolve(id()));
      Files.writeString(
          project.configuration(),
          "familiars: {sleeper: {command: [sleep, '{description}'], max_instances: 9}}\n");
      return project;
    }

    Map<String, Object> plan() {
      List<Map<String, Object>> tasks = new ArrayList<>();
      row.get("durations")
          .properties()
          .forEach(
              task -> {
                long millis = Math.round(task.getValue().asDouble() * SCALE);
                List<String> needs = new ArrayList<>();
                row.get("deps").path(task.getKey()).forEach(need -> needs.add(need.asText()));
                tasks.add(
                    Map.of(
                        "id", task.getKey(),
                        "familiar", "sleeper",
                        "description", "%d.%03d".formatted(millis / 1000, millis % 1000),
                        "estimate", millis + "ms",
                        "depends_on", needs));
              });
      return Map.of("execution", "dag", "tasks", tasks);
    }
  }
}
