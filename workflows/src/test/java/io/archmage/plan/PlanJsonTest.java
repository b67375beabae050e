package io.archmage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {

  private static final TaskId A = new TaskId("A");
  private static final TaskSpec SHORT = common().build();
  private static final TaskSpec TASK =
      common()
          .action("implement")
          .description("Grüße \u2028 \"x\"\n😀")
          .promptFile("p.md")
          .reason("because")
          .build();

  @Test
  void shouldReadWhatItWrites() {
    Plan full =
        new Plan(
            "n",
            Execution.STAGED_PARALLEL,
            List.of(TASK),
            List.of(new Stage(1, false, List.of(A))),
            true,
            "a text",
            new Split("src", List.of(new Split.Partition("auth", new Position(2, 3)))),
            ConflictPolicy.ASK,
            new MergeSettings(
                MergeSettings.ResultMerge.SMART_MERGE,
                MergeRules.DEFAULT,
                MergeSettings.GitMerge.SQUASH));
    Plan bare =
        new Plan(
            null,
            Execution.DAG,
            List.of(TaskSpec.builder(A, FamiliarName.ARCHMAGE).build()),
            List.of(),
            false);

    assertThat(PlanJson.read(PlanJson.write(full))).isEqualTo(full);
    assertThat(PlanJson.read(PlanJson.write(bare))).isEqualTo(bare);
  }

  @Test
  void shouldWriteOneStableText() {
    Plan plan =
        new Plan(null, Execution.DAG, List.of(SHORT), List.of(), false);

    assertThat(PlanJson.write(plan))
        .isEqualTo(
            """
                {"execution":"dag","tasks":[{"id":"A","familiar":"codex","outputs":["src/**"],\
                "inputs":["a"],"depends_on":[{"task":"A","type":"soft",\
                "position":{"line":4,"column":9},"reason":"why"}],"output_key":"code",\
                "input_from":[{"key":"plan","position":{"line":5,"column":1}}],"parallel_with":["A"],\
                "priority":2,"estimate":"PT1.5S","read_only":true,"timeout":"PT168H",\
                "stall_timeout":"PT5M","resources":{"gpu":2},\
                "position":{"line":3,"column":5}}],"stages":[],"barrier":false}""");
  }

  @Test
  void shouldReadPlansOfEarlierVersions() {
    Plan plan =
        PlanJson.read(
            """
                {"execution":"dag","tasks":[{"id":"A","familiar":"codex","outputs":[],"inputs":[],\
                "depends_on":[],"parallel_with":[],"priority":2,"read_only":true,\
                "position":{"line":3,"column":5}}],"stages":[],"barrier":false}""");

    assertThat(plan.tasks().getFirst().inputFrom()).isEmpty();
    assertThat(plan.conflicts()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"execution\":\"no\"}", "{\"x\":1}"})
  void shouldRefuseOtherTexts(String text) {
    assertThatThrownBy(() -> PlanJson.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static TaskSpec.Builder common() {
    return TaskSpec.builder(A, new FamiliarName("codex"))
        .outputs(List.of("src/**"))
        .inputs(List.of("a"))
        .dependsOn(List.of(new TaskDependency(A, DependencyType.SOFT, new Position(4, 9), "why")))
        .outputKey("code")
        .inputFrom(List.of(new InputSource("plan", new Position(5, 1))))
        .parallelWith(List.of(A))
        .priority(2)
        .estimate(Duration.ofMillis(1500))
        .readOnly(true)
        .timeout(Duration.ofDays(7))
        .stallTimeout(Duration.ofMinutes(5))
        .resources(new TreeMap<>(Map.of("gpu", 2)))
        .position(new Position(3, 5));
  }
}
