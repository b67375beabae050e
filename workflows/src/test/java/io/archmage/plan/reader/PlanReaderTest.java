package io.archmage.plan.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.InputSource;
import io.archmage.plan.Plan;
import io.archmage.plan.PlanJson;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemText;
import io.archmage.plan.Stage;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskGroup;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskInput;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.ScalarType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

  private static final Path PLANS = Path.of("src/test/resources/plans");

  @Test
  void shouldReadGroupsUnderAllTheirNames() {
    Plan plan =
        plan(
            """
                epics: [{id: 1, name: User Authentication}, {id: 2}]
                tasks:
                  - {id: a, epic_id: 1}
                  - {id: b, epic: "2", familiar: gemini}
                  - {id: c, parallel_group: back}
                  - {id: d, scope: back}
                  - {id: e, group: front}
                  - {id: f}
                """);

    assertThat(plan.groups())
        .containsExactly(
            new TaskGroup("1", TaskGroup.Kind.EPIC, "User Authentication"),
            new TaskGroup("2", TaskGroup.Kind.EPIC, null),
            new TaskGroup("back", TaskGroup.Kind.GROUP, null),
            new TaskGroup("front", TaskGroup.Kind.GROUP, null));
    assertThat(plan.tasks().getFirst().group())
        .isEqualTo(new TaskGroup("1", TaskGroup.Kind.EPIC, null));
    assertThat(plan.tasks().getLast().group()).isNull();
    assertThat(plan.tasks())
        .extracting(task -> task.familiar().value())
        .containsExactly("codex", "gemini", "codex", "codex", "codex", "codex");
    assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
  }

  @Test
  void shouldReadTheCommonForm() {
    TaskSpec task =
        plan(
            """
                execution: dag
                name: shop
                tasks:
                  - id: FE
                    familiar: codex
                    action: implement
                    description: "Build it"
                    prompt_file: prompts/fe.md
                    outputs: [src/fe/**]
                    inputs: [src/api/*.ts]
                    depends_on: [UI, {id: BE, type: soft, reason: nicer}, 7]
                    priority: 2
                    estimate: 30s
                    read_only: false
                    timeout: 30m
                    stall_timeout: 5m
                    reason: needs the UI
                """)
            .tasks()
            .getFirst();

    assertThat(task.action()).isEqualTo("implement");
    assertThat(task.title()).isEqualTo("Build it");
    assertThat(task.promptFile()).isEqualTo("prompts/fe.md");
    assertThat(task.outputs()).containsExactly("src/fe/**");
    assertThat(task.inputs()).containsExactly("src/api/*.ts");
    assertThat(task.dependsOn())
        .containsExactly(
            new TaskDependency(new TaskId("UI"), DependencyType.HARD, new Position(11, 18)),
            new TaskDependency(
                new TaskId("BE"), DependencyType.SOFT, new Position(11, 22), "nicer"),
            new TaskDependency(new TaskId("7"), DependencyType.HARD, new Position(11, 59)));
    assertThat(task.priority()).isEqualTo(2);
    assertThat(task.estimate()).isEqualTo(Duration.ofSeconds(30));
    assertThat(task.timeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(task.stallTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(task.reason()).isEqualTo("needs the UI");
    assertThat(task.position()).isEqualTo(new Position(4, 5));
  }

  @Test
  void shouldUseDefaultsWhereNothingIsSaid() {
    Plan plan = plan("tasks: [{id: 1, familiar: codex}]");
    TaskSpec task = plan.tasks().getFirst();

    assertThat(plan.execution()).isEqualTo(Execution.DAG);
    assertThat(plan.barrier()).isFalse();
    assertThat(task)
        .isEqualTo(
            TaskSpec.builder(new TaskId("1"), task.familiar())
                .position(new Position(1, 9))
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "familiar", "worker", "agent", "specialist"
  })
  void shouldAcceptAliasesOfFamiliar(String key) {
    assertThat(plan("tasks: [{id: A, %s: gemini}]".formatted(key)).tasks().getFirst().familiar())
        .hasToString("gemini");
  }

  @Test
  void shouldAcceptEveryAliasOfTheTable() {
    for (String key : TaskKeys.DEPENDS_ON.names()) {
      assertThat(task(key + ": [B]").dependsOn()).as(key).hasSize(1);
    }
    for (String key : TaskKeys.OUTPUTS.names()) {
      assertThat(task(key + ": a.ts").outputs()).as(key).containsExactly("a.ts");
    }
    for (String key : TaskKeys.DESCRIPTION.names()) {
      assertThat(task(key + ": do it").description()).as(key).isEqualTo("do it");
    }
    assertThat(task("modifies: [a], creates: [b, a]").outputs()).containsExactly("a", "b");
    assertThat(task("duration_s: 30").estimate()).isEqualTo(Duration.ofSeconds(30));
    assertThat(task("task_minutes: 1.5").estimate()).isEqualTo(Duration.ofSeconds(90));
    assertThat(task("dependency_type: soft, deps: [B, {id: C, type: hard}]").dependsOn())
        .extracting(TaskDependency::type)
        .containsExactly(DependencyType.SOFT, DependencyType.HARD);
    assertThat(task("drawn_s: [0, 30]").estimate()).isNull();
  }

  @Test
  void shouldRefuseEveryUnsupportedKey() {
    for (Key key : TaskKeys.UNSUPPORTED) {
      for (String name : key.names()) {
        assertThat(problems("tasks: [{id: A, familiar: codex, %s: x}]".formatted(name)))
            .as(name)
            .extracting(PlanProblem::code)
            .containsExactly("unsupported");
      }
    }
  }

  @Test
  void shouldNumberStagesAndSortThem() {
    Plan plan =
        plan(
            """
                stages:
                  - {stage: 5, parallel: false, tasks: [{id: B, familiar: codex}]}
                  - {tasks: [{id: C, familiar: codex}]}
                  - {stage: 1, tasks: [{id: A, familiar: codex}]}
                """);

    assertThat(plan.execution()).isEqualTo(Execution.STAGED_PARALLEL);
    assertThat(plan.barrier()).isTrue();
    assertThat(plan.tasks()).extracting(task -> task.id().value()).containsExactly("B", "C", "A");
    assertThat(plan.stages())
        .containsExactly(
            new Stage(1, true, List.of(new TaskId("A"))),
            new Stage(5, false, List.of(new TaskId("B"))),
            new Stage(6, true, List.of(new TaskId("C"))));
  }

  @Test
  void shouldReadThePipelineOfTheInputs() throws IOException {
    Plan plan =
        plan(Files.readString(PLANS.resolve("S0-04-pattern-c-pipeline.json")), DocumentSyntax.JSON);

    assertThat(plan.execution()).isEqualTo(Execution.PIPELINE);
    assertThat(plan.barrier()).isFalse();
    assertThat(plan.tasks())
        .extracting(task -> task.id().value())
        .containsExactly("1-analyze", "2-fix", "3-verify");
    assertThat(plan.tasks())
        .extracting(TaskSpec::outputKey)
        .containsExactly("findings", "fixed_code", null);
    assertThat(plan.tasks().get(2).inputFrom())
        .containsExactly(new InputSource("fixed_code", new Position(6, 65)));
    assertThat(plan.tasks().get(1).familiar()).hasToString("codex");
  }

  @Test
  void shouldNameStepsThatHaveNoId() {
    Plan plan =
        plan(
            """
                input: Look here
                steps:
                  - {familiar: gemini, output_key: 7}
                  - {id: own, familiar: codex, input_from: [7, input], action: fix, priority: 3}
                  - {familiar: codex, action: "two\\nlines"}
                  - {familiar: reviewer, action: write the manual}
                """);

    assertThat(plan.input()).isEqualTo("Look here");
    assertThat(plan.tasks())
        .extracting(task -> task.id().value())
        .containsExactly("1-gemini", "own", "3-codex", "4-write the manual");
    assertThat(plan.tasks().get(1).inputFrom())
        .extracting(InputSource::key)
        .containsExactly("7", "input");
    assertThat(plan.tasks().get(1).priority()).isEqualTo(3);
    assertThat(handed(plan, 0)).containsExactly("input from the plan");
    assertThat(handed(plan, 1)).containsExactly("7 from 1-gemini", "input from the plan");
    assertThat(handed(plan, 2)).containsExactly("own from own");
    assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
  }

  @Test
  void shouldHandOnByNameInEveryForm() {
    Plan plan =
        plan(
            """
                tasks:
                  - {id: A, familiar: gemini, output_key: findings}
                  - {id: B, familiar: gemini}
                  - {id: C, familiar: codex, input_from: findings, depends_on: [A, B]}
                  - {id: D, familiar: codex, depends_on: [A, {id: C, type: soft}]}
                  - {id: E, familiar: codex}
                """);

    assertThat(handed(plan, 2)).containsExactly("findings from A", "B from B");
    assertThat(handed(plan, 3)).containsExactly("findings from A");
    assertThat(handed(plan, 4)).isEmpty();
  }

  @Test
  void shouldReadTheFanOutOfTheInputs() throws IOException {
    Plan plan =
        plan(
            Files.readString(PLANS.resolve("S0-05-pattern-d-fan-out-fan-in.json")),
            DocumentSyntax.JSON);

    assertThat(plan.execution()).isEqualTo(Execution.FAN_OUT_FAN_IN);
    assertThat(plan.conflicts()).isEqualTo(ConflictPolicy.ASK);
    assertThat(plan.split().input()).isEqualTo("src");
    assertThat(plan.tasks())
        .extracting(task -> task.id().value())
        .containsExactly("auth", "user", "payment");
    TaskSpec auth = plan.tasks().getFirst();
    assertThat(auth.outputs()).containsExactly("src/auth/");
    assertThat(auth.title()).isEqualTo("refactor src/auth/");
    assertThat(auth.description())
        .endsWith(
            "Your part of src/ is src/auth/. Change nothing outside it: other tasks do the same for"
                + " the other parts at the same time.");
    assertThat(auth.action()).isEqualTo("refactor");
    assertThat(auth.familiar()).hasToString("codex");
  }

  @Test
  void shouldFindPartitionsByModule() {
    Plan plan =
        plan(
            """
                split: {input: ./src/}
                parallel_tasks: {familiar: codex, description: Tidy up, priority: 4, timeout: 3m}
                """);

    assertThat(plan.conflicts()).isNull();
    assertThat(plan.tasks())
        .extracting(task -> task.id().value())
        .containsExactly("auth", "user");
    assertThat(plan.tasks().get(1).outputs()).containsExactly("src/user/");
    assertThat(plan.tasks().get(1).title()).isEqualTo("Tidy up");
    assertThat(plan.tasks().get(1).priority()).isEqualTo(4);
    assertThat(plan.tasks().get(1).timeout()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void shouldGiveOneTaskAllPartitions() {
    Plan plan =
        plan(
            """
                split: {partitions: [lib/a, lib/b/]}
                parallel_tasks: {familiar: codex, action: refactor, per_partition: false}
                merge: {conflict_resolution: rerun}
                """);

    assertThat(plan.conflicts()).isEqualTo(ConflictPolicy.RERUN);
    assertThat(plan.tasks()).hasSize(1);
    TaskSpec task = plan.tasks().getFirst();
    assertThat(task.id().value()).isEqualTo("refactor");
    assertThat(task.outputs()).containsExactly("lib/a/", "lib/b/");
    assertThat(task.description())
        .endsWith("Your part of the repository is lib/a/, lib/b/. Change nothing outside it.");
  }

  private static List<String> handed(Plan plan, int task) {
    return TaskInput.of(plan, plan.tasks().get(task))
        .stream()
        .map(
            input -> input.name()
                + " from "
                + (input.from() == null ? "the plan" : input.from().value()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"S0-01-dependency-detection", "S0-02-pattern-a-independent",
    "S0-03-pattern-b-staged", "S0-04-pattern-c-pipeline", "S0-05-pattern-d-fan-out-fan-in",
    "S0-11-overview-timeline", "S0-12-dependency-graph",
    "S0-13-file-conflict", "S0-14-execution-timeline", "S0-15-priority-queue"})
  void shouldReadJsonAndTheSameAsYamlAlike(String name) throws IOException {
    String json = Files.readString(PLANS.resolve(name + ".json"));
    Plan plan = plan(json, DocumentSyntax.JSON);

    assertThat(plan(json, DocumentSyntax.YAML)).isEqualTo(plan);
    String yaml = YamlText.of(((DocumentReading.Parsed) read(json, DocumentSyntax.JSON)).root());
    assertThat(yaml).doesNotContain("{", "\"tasks\"");
    Plan block = plan(yaml, DocumentSyntax.YAML);
    assertThat(withoutPositions(block)).isEqualTo(withoutPositions(plan));
    assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
  }

  @Test
  void shouldKeepAPartialPlanOnlyIfEveryTaskHasAnId() {
    assertThat(reading("tasks: [{id: A, familiar: codex, x: 1}]").partial()).isPresent();
    assertThat(reading("tasks: [{id: A, familiar: codex}, {familiar: codex}]").partial())
        .isEmpty();
    assertThat(reading("tasks: []").partial()).isEmpty();
  }

  @Test
  void shouldRefuseANodeThatIsNoMapping() {
    assertThat(read(new Scalar(ScalarType.STRING, "x", Position.UNKNOWN)))
        .isInstanceOf(PlanReading.Problems.class);
  }

  private static String withoutPositions(Plan plan) {
    return PlanJson.write(plan).replaceAll("\"position\":\\{[^}]*\\}", "\"position\":0");
  }

  private static TaskSpec task(String keys) {
    return plan("tasks: [{id: A, familiar: codex, %s}]".formatted(keys)).tasks().getFirst();
  }

  private static PlanReading read(Node root) {
    return PlanReader.read(
        root, path -> path.equals("src") ? List.of("auth", "user") : List.of());
  }

  private static DocumentReading read(String text, DocumentSyntax syntax) {
    return DocumentReader.read(text, syntax);
  }

  private static Plan plan(String text) {
    return plan(text, DocumentSyntax.YAML);
  }

  private static Plan plan(String text, DocumentSyntax syntax) {
    PlanReading reading =
        read(((DocumentReading.Parsed) read(text, syntax)).root());
    if (reading instanceof PlanReading.Problems problems) {
      throw new AssertionError(ProblemText.render(problems.problems()));
    }
    return ((PlanReading.Read) reading).plan();
  }

  private static List<PlanProblem> problems(String text) {
    return reading(text).problems();
  }

  private static PlanReading.Problems reading(String text) {
    DocumentReading document = read(text, DocumentSyntax.YAML);
    return (PlanReading.Problems) read(((DocumentReading.Parsed) document).root());
  }
}
