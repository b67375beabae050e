package io.archmage.plan.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.Plan;
import io.archmage.plan.PlanJson;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemText;
import io.archmage.plan.Stage;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.DocumentReading;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.plan.document.Key;
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

  @ParameterizedTest
  @ValueSource(strings = {"S0-01-dependency-detection", "S0-02-pattern-a-independent",
    "S0-03-pattern-b-staged", "S0-11-overview-timeline", "S0-12-dependency-graph",
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
    assertThat(PlanReader.read(new Scalar(ScalarType.STRING, "x", Position.UNKNOWN)))
        .isInstanceOf(PlanReading.Problems.class);
  }

  private static String withoutPositions(Plan plan) {
    return PlanJson.write(plan).replaceAll("\"position\":\\{[^}]*\\}", "\"position\":0");
  }

  private static TaskSpec task(String keys) {
    return plan("tasks: [{id: A, familiar: codex, %s}]".formatted(keys)).tasks().getFirst();
  }

  private static DocumentReading read(String text, DocumentSyntax syntax) {
    return DocumentReader.read(text, syntax);
  }

  private static Plan plan(String text) {
    return plan(text, DocumentSyntax.YAML);
  }

  private static Plan plan(String text, DocumentSyntax syntax) {
    PlanReading reading =
        PlanReader.read(((DocumentReading.Parsed) read(text, syntax)).root());
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
    return (PlanReading.Problems) PlanReader.read(((DocumentReading.Parsed) document).root());
  }
}
