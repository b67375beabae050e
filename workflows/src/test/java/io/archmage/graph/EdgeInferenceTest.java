package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeInferenceTest {

  @Test
  void shouldPutReviewAndAnalysisAfterImplementation() {
    TaskGraph graph =
        Graphs.of(
            """
                tasks:
                  - {id: R, familiar: codex, action: review}
                  - {id: I1, familiar: codex, action: implement}
                  - {id: I2, familiar: codex, action: Fix, depends_on: [I1]}
                  - {id: A, familiar: codex, action: analyze}
                  - {id: Other, familiar: codex, action: write docs}
                """);

    assertThat(Graphs.edges(graph))
        .containsExactlyInAnyOrder("I1 -> I2 declared", "I2 -> R rule", "I2 -> A rule");
  }

  @Test
  void shouldNotPutAnalysisAfterTheImplementationItLeadsTo() {
    TaskGraph graph =
        Graphs.of(
            """
                tasks:
                  - {id: A, familiar: codex, action: analyze}
                  - {id: I1, familiar: codex, action: implement, depends_on: [A]}
                  - {id: I2, familiar: codex, action: implement}
                  - {id: R, familiar: codex, action: verify}
                """);

    assertThat(Graphs.edges(graph))
        .containsExactlyInAnyOrder("A -> I1 declared", "I1 -> R rule", "I2 -> R rule");
  }

  @Test
  void shouldInferNoRulesInAPipelineOrFanOut() {
    assertThat(
        Graphs.edges(
            Graphs.of(
                """
                    steps:
                      - {familiar: gemini, action: analyze, output_key: findings}
                      - {familiar: codex, action: implement, outputs: [a.ts]}
                      - {familiar: codex, action: verify, input_from: findings, outputs: [a.ts]}
                    """)))
        .containsExactly(
            "1-analyze -> 2-implement declared",
            "1-analyze -> 3-verify artifact",
            "2-implement -> 3-verify declared");
    assertThat(
        Graphs.of(
            """
                split: {input: src}
                parallel_tasks: {familiar: codex, action: refactor}
                """)
            .edges())
        .isEmpty();
  }

  @Test
  void shouldPutATaskAfterTheMakerOfWhatItNames() {
    TaskGraph graph =
        Graphs.of(
            """
                tasks:
                  - {id: late, familiar: codex, input_from: [plan, code]}
                  - {id: code, familiar: codex, output_key: code, depends_on: [design]}
                  - {id: design, familiar: gemini, output_key: plan}
                  - {id: soft, familiar: codex, input_from: plan, \
                     depends_on: [{id: design, type: soft}]}
                """);

    assertThat(Graphs.edges(graph))
        .containsExactly(
            "design -> late artifact",
            "code -> late artifact",
            "design -> code declared",
            "design -> soft artifact");
    assertThat(Graphs.batches(graph))
        .containsExactly(List.of("design"), List.of("code", "soft"), List.of("late"));
  }

  @Test
  void shouldHandOnWithinAndBetweenStages() {
    TaskGraph graph =
        Graphs.of(
            """
                stages:
                  - {stage: 1, tasks: [{id: A, familiar: codex, output_key: a}, \
                     {id: B, familiar: codex, input_from: a}]}
                  - {stage: 2, tasks: [{id: C, familiar: codex, input_from: a}]}
                """);

    assertThat(Graphs.edges(graph)).containsExactly("A -> B artifact", "A -> C artifact");
  }

  @Test
  void shouldTakeTheKindFromARoleButNeverFromAName() {
    String plan =
        """
            tasks:
              - {id: review, familiar: reviewer}
              - {id: code, familiar: codex}
            """;

    assertThat(Graphs.of(plan).edges()).isEmpty();
    PlanSurroundings roles =
        FixedSurroundings.USUAL.withRole("reviewer", "review").withRole("codex", "implement");
    assertThat(Graphs.edges(Graphs.of(plan, roles))).containsExactly("code -> review rule");
  }

  @Test
  void shouldNotInferRulesWhenSwitchedOffOrAsserted() {
    String plan =
        """
            tasks:
              - {id: I, familiar: codex, action: implement, outputs: [a]}
              - {id: R, familiar: codex, action: review, outputs: [b]%s}
            """;

    assertThat(Graphs.of(plan.formatted(""), FixedSurroundings.USUAL.withoutChecks()).edges())
        .isEmpty();
    assertThat(Graphs.of(plan.formatted(", parallel_with: [I]")).edges()).isEmpty();
    assertThat(Graphs.of(plan.formatted("")).edges()).hasSize(1);
  }

  @Test
  void shouldChainSerialStagesInListedOrderUnlessDependenciesSayOtherwise() {
    TaskGraph graph =
        Graphs.of(
            """
                stages:
                  - stage: 1
                    parallel: false
                    tasks:
                      - {id: A, familiar: codex, priority: 9}
                      - {id: B, familiar: codex, depends: [C]}
                      - {id: C, familiar: codex, priority: 1}
                  - stage: 2
                    tasks:
                      - {id: D, familiar: codex}
                      - {id: E, familiar: codex}
                """);

    assertThat(Graphs.edges(graph)).containsExactly("C -> B declared", "A -> C stage");
    assertThat(Graphs.batches(graph))
        .containsExactly(List.of("A"), List.of("C"), List.of("B"), List.of("D", "E"));
  }

  @Test
  void shouldSerializeByPriorityThenDeclaredOrder() {
    TaskGraph graph =
        Graphs.of(
            """
                tasks:
                  - {id: A, familiar: codex, outputs: [x.ts]}
                  - {id: B, familiar: codex, outputs: ["*.ts"], priority: 1}
                  - {id: C, familiar: codex, outputs: [./x.ts]}
                  - {id: D, familiar: codex, outputs: [src]}
                  - {id: E, familiar: codex, outputs: [src/index.ts], depends_on: [D]}
                  - {id: F, familiar: codex, outputs: ["**"], read_only: true}
                """);

    assertThat(Graphs.edges(graph))
        .containsExactly(
            "D -> E declared", "B -> A file_conflict", "A -> C file_conflict");
    assertThat(graph.conflicts())
        .extracting(conflict -> conflict.file() + " " + conflict.resolution().key())
        .containsExactly("x.ts serialize", "src/index.ts ordered");
  }

  @Test
  void shouldLetSoftDependenciesOnlyBreakTies() {
    TaskGraph graph =
        Graphs.of(
            """
                tasks:
                  - {id: A, familiar: codex, depends_on: [{id: B, type: soft, reason: nicer}]}
                  - {id: B, familiar: codex}
                  - {id: C, familiar: codex, dependency_type: soft, depends_on: [D]}
                  - {id: D, familiar: codex, priority: 200}
                """);

    assertThat(Graphs.edges(graph)).containsExactly("B ~> A declared", "D ~> C declared");
    assertThat(graph.edges().getFirst().detail()).isEqualTo("nicer");
    assertThat(Graphs.batches(graph)).containsExactly(List.of("A", "B", "C", "D"));
    assertThat(Graphs.order(graph)).containsExactly("B", "A", "C", "D");
  }

  @Test
  void shouldNotSerializeAcrossBarriersButAcrossStagesWithoutOne() {
    String plan =
        """
            barrier: %s
            stages:
              - tasks: [{id: A, familiar: codex, outputs: [x]}]
              - tasks: [{id: B, familiar: codex, outputs: [x], priority: 1}]
            """;

    TaskGraph withBarrier = Graphs.of(plan.formatted("true"));
    assertThat(withBarrier.edges()).isEmpty();
    assertThat(withBarrier.conflicts().getFirst().resolution())
        .isEqualTo(ConflictResolution.ORDERED);
    assertThat(Graphs.edges(Graphs.of(plan.formatted("false"))))
        .containsExactly("B -> A file_conflict");
  }

  @Test
  void shouldCallAFileFineOnlyIfNoOtherTaskReachesIt() {
    TaskGraph graph =
        Graphs.of(
            """
                {"tasks": [
                  {"id": "A", "familiar": "codex", "outputs": ["src/**", "src/a.ts", "doc.md"]},
                  {"id": "B", "familiar": "codex", "outputs": ["src/b.ts"]},
                  {"id": "C", "familiar": "codex", "outputs": ["lib/**", "lib/c.ts"]}]}
                """);

    assertThat(graph.soleOutputs())
        .extracting(sole -> sole.task() + " " + sole.file())
        .containsExactly("A src/a.ts", "A doc.md", "C lib/**", "C lib/c.ts");
  }

  @Test
  void shouldUseBatchesAsStagesOfADagWithABarrier() {
    String plan =
        """
            barrier: true
            tasks:
              - {id: A, familiar: codex}
              - {id: B, familiar: codex, deps: [A]}
              - {id: C, familiar: codex}
            """;

    assertThat(Graphs.of(plan).stages()).containsExactly(0, 1, 0);
    assertThat(Graphs.of(plan.replace("true", "false")).stages()).containsExactly(0, 0, 0);
  }
}
