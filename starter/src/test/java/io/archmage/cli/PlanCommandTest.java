package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {

  private static final String CYCLE =
      """
          tasks:
            - {id: start, familiar: codex}
            - {id: a, familiar: codex, depends_on: [c, start]}
            - {id: b, familiar: codex, depends_on: [a]}
            - {id: c, familiar: codex, depends_on: [b]}
          """;

  @TempDir
  private Path directory;
  private PlanKit kit;

  @BeforeEach
  void open() throws IOException {
    kit = new PlanKit(directory);
  }

  @Test
  void shouldFindTheTimesOfTheOverview() {
    String plan = PlanKit.input("S0-11");

    assertThat(kit.json(plan).get("makespan_ms").asLong()).isEqualTo(65_000);
    assertThat(kit.json(plan.replace(", \"Gemini\"]", "]")).get("makespan_ms").asLong())
        .isEqualTo(50_000);
    assertThat(kit.json(plan, "--max-concurrency", "1").get("makespan_ms").asLong())
        .isEqualTo(95_000);
    assertThat(kit.json(plan, "--set", "concurrency.max_parallel=1").get("makespan_ms").asLong())
        .isEqualTo(95_000);
  }

  @Test
  void shouldFindFiveLevels() {
    assertThat(PlanKit.texts(kit.json(PlanKit.input("S0-12")).get("batches")))
        .containsExactly(
            "[\"Planning\"]", "[\"StitchUI\",\"CodexBE\"]", "[\"CodexFE\"]",
            "[\"GeminiAnalysis\"]", "[\"Reviewer\"]");
  }

  @Test
  void shouldPutTasksThatModifyOneFileOneAfterAnother() {
    JsonNode view = kit.json(PlanKit.input("S0-13"));

    assertThat(PlanKit.texts(view.get("edges_added")))
        .containsExactly(
            "{\"from\":\"A\",\"to\":\"B\",\"type\":\"hard\",\"because\":\"file_conflict\","
                + "\"detail\":\"auth.ts\"}");
    assertThat(PlanKit.texts(view.get("conflicts")))
        .containsExactly(
            "{\"file\":\"auth.ts\",\"tasks\":[\"A\",\"B\"],\"resolution\":\"serialize\"}");
    assertThat(PlanKit.texts(view.get("files_without_conflict")))
        .containsExactly(
            "{\"file\":\"util.ts\",\"task\":\"A\"}", "{\"file\":\"user.ts\",\"task\":\"B\"}");
    assertThat(view.at("/tasks/1/start_ms").asLong()).isEqualTo(60_000);
    assertThat(view.at("/estimates/by_default").asInt()).isEqualTo(2);
  }

  @Test
  void shouldChartEveryTaskWhereARateMakesThePlanLongerThanItsTasks() throws IOException {
    kit.configure(
        "familiars: {codex: {command: [sh], rate_limit: 1/minute}}\n");

    String printed =
        kit.printed(
            """
                tasks:
                  - {id: first, familiar: codex, estimate: 10s}
                  - {id: second, familiar: codex, estimate: 10s}
                  - {id: third, familiar: codex, estimate: 10s}
                """);

    for (String task : List.of("first", "second", "third")) {
      assertThat(printed).containsPattern("(?m)^ *" + task + " .*[█▇=#]");
    }
  }

  @Test
  void shouldSayWhatRunningInParallelSaves() {
    JsonNode view = kit.json(PlanKit.input("S0-14"));

    assertThat(view.get("makespan_ms").asLong()).isEqualTo(70_000);
    assertThat(view.get("lower_bound_ms").asLong()).isEqualTo(70_000);
    assertThat(view.get("sequential_ms").asLong()).isEqualTo(100_000);
    assertThat(view.get("time_reduction_percent").asDouble()).isEqualTo(30.0);
    assertThat(view.get("parallel_speedup_ratio").asDouble()).isEqualTo(100.0 / 70);
    assertThat(view.get("max_parallelism").asInt()).isEqualTo(2);
    assertThat(view.get("barrier_bound_ms").isNull()).isTrue();
    assertThat(view.get("problems")).isEmpty();
    assertThat(kit.printed(PlanKit.input("S0-14")))
        .contains("Makespan       1m 10s", "Sequential     1m 40s; 30.0 % of it saved");
  }

  @Test
  void shouldStartTheMostUrgentTaskFirst() {
    String plan = PlanKit.input("S0-15");
    JsonNode together = kit.json(plan, "--max-concurrency", "3");
    JsonNode single = kit.json(plan, "--max-concurrency", "1");

    for (int task = 0; task < 3; task++) {
      assertThat(together.at("/tasks/" + task + "/start_ms").asLong()).isZero();
      assertThat(single.at("/tasks/" + task + "/start_ms").asLong()).isEqualTo(task * 60_000L);
    }
    assertThat(together.get("peak_parallelism").asInt()).isEqualTo(3);
  }

  @Test
  void shouldShowTheBoundWithBarriersForStages() {
    JsonNode view = kit.json(PlanKit.input("S0-03"));

    assertThat(view.get("barrier").asBoolean()).isTrue();
    assertThat(view.get("barrier_bound_ms").asLong()).isEqualTo(180_000);
    assertThat(view.at("/tasks/2/ready_ms").asLong()).isEqualTo(60_000);
    assertThat(kit.plan(PlanKit.input("S0-03")).err())
        .contains("warning: ", "5 tasks declare no outputs");
  }

  @Test
  void shouldShowOneBatch() {
    JsonNode view = kit.json(PlanKit.input("S0-12"), "--batch", "2");

    assertThat(PlanKit.texts(view.get("batches")))
        .containsExactly("[\"StitchUI\",\"CodexBE\"]");
    assertThat(view.get("tasks")).hasSize(2);
    assertThat(view.get("batch").asInt()).isEqualTo(2);
    assertThat(view.get("batch_count").asInt()).isEqualTo(5);
    assertThat(kit.printed(PlanKit.input("S0-12"), "--batch", "2", "--format", "mermaid"))
        .contains("subgraph b2[\"Batch 2\"]")
        .doesNotContain("Planning", "b1[");
  }

  @ParameterizedTest
  @CsvSource({"0", "6", "-1"})
  void shouldRefuseABatchThatIsNotThere(String batch) {
    CommandLineRun run = kit.plan(PlanKit.input("S0-12"), "--batch=" + batch);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("archmage: --batch is " + batch + "; the plan has batches 1 to 5.\n");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldPrintACircleAsATreeAndAsAProblem() {
    CommandLineRun run = kit.plan(CYCLE, "--tree");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .isEqualTo(
            """
                Task Dependency Tree
                └─ start
                   └─ a
                      └─ b
                         └─ c
                            └─ a  ↺ cycle: it waits for itself
                """);
    assertThat(run.err())
        .contains("Circular dependency detected: a -> b -> c -> a", "standard input:3:")
        .contains("Remove one dependency to break the cycle.");
  }

  @Test
  void shouldSayTheSameProblemsAsValidate() throws IOException {
    CommandLineRun run = kit.plan(CYCLE, "--json");
    CommandLineRun other =
        CommandLineRun.of(
            kit.repository(), new LocalEngine(), CYCLE, "validate", "-", "--json", "--config",
            directory.resolve("archmage.yaml").toString());

    assertThat(run).isEqualTo(other);
    assertThat(Json.tree(run.out()).at("/problems/0/code").asText())
        .isEqualTo("circular_dependency");
  }

  @Test
  void shouldEndWith3IfAFamiliarHasNoCommandHere() throws IOException {
    kit.configure("familiars: {}\n");

    CommandLineRun run = kit.plan(PlanKit.input("S0-14"));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("has no command here");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldReadTheCommitOfItsTarget() throws IOException {
    DemoProject demo = DemoProject.in(kit.repository());
    demo.git("checkout", "-q", "-b", "other");
    Files.writeString(kit.repository().resolve("prompt.md"), "do it\n");
    demo.git("add", "-A");
    demo.git(
        "-c", "user.name=A", "-c", "user.email=a@localhost", "commit", "-q", "-m", "a prompt");
    demo.git("checkout", "-q", "main");
    String plan = "tasks: [{id: A, familiar: codex, prompt_file: prompt.md}]";

    assertThat(kit.plan(plan).exitCode()).isEqualTo(2);
    assertThat(kit.plan(plan, "--target", "other").exitCode()).isZero();
  }

  @Test
  void shouldLeaveNothingBehind() throws IOException {
    DemoProject demo = DemoProject.in(kit.repository());
    String before = demo.git("for-each-ref") + demo.git("count-objects", "-v");

    kit.printed(PlanKit.input("S0-14"));

    assertThat(demo.git("for-each-ref") + demo.git("count-objects", "-v")).isEqualTo(before);
    assertThat(demo.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void shouldShowHostileTextAsText() {
    String plan =
        "tasks: [{id: \"</svg><script>x</script>\", familiar: codex,"
            + " description: \"\\e[2J\\u202e&\"}]";

    for (String format : new String[] {"text", "ascii", "mermaid", "html"}) {
      String printed = kit.printed(plan, "--format", format);
      assertThat(printed.codePoints().filter(point -> Character.isISOControl(point)))
          .as(format)
          .allMatch(point -> point == '\n');
      assertThat(printed).as(format).doesNotContain("\u202e");
    }
    assertThat(kit.printed(plan, "--format", "html")).doesNotContain("<script", "</svg><");
  }

  /** Took 5.5 s on two cores that were busy with other builds. */
  @Test
  @Timeout(60)
  void shouldPlanThreeThousandTasks() {
    String plan =
        IntStream.range(0, 3_000)
            .mapToObj(
                i -> "{\"id\": \"t%d\", \"familiar\": \"codex\", \"estimate\": \"%ds\","
                    .formatted(i, 10 + i * 7 % 290)
                    + "\"outputs\": [\"src/m%d/a.ts\", \"src/x%d.ts\"], \"depends_on\": [%s]}"
                        .formatted(i % 1_500, i, before(i)))
            .collect(Collectors.joining(",\n", "{\"tasks\": [", "]}"));

    JsonNode view = kit.json(plan);

    assertThat(view.get("tasks")).hasSize(3_000);
    assertThat(view.get("makespan_ms").asLong())
        .isGreaterThanOrEqualTo(view.get("lower_bound_ms").asLong());
    assertThat(view.get("peak_parallelism").asInt()).isEqualTo(3);
  }

  private static String before(int task) {
    return Stream.of(7, 31, 90)
        .filter(distance -> distance <= task)
        .map(distance -> "\"t" + (task - distance) + "\"")
        .collect(Collectors.joining(", "));
  }
}
