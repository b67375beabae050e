package io.archmage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanValidatorTest {

  private static final FamiliarName CODEX = new FamiliarName("codex");

  @Test
  void shouldReportACycleAsThePhaseRunnerDoes() {
    Validation validation =
        Graphs.check(
            """
                tasks:
                  - {id: phase-a, familiar: codex, deps: [phase-c]}
                  - {id: phase-b, familiar: codex, deps: [phase-a]}
                  - {id: phase-c, familiar: codex, deps: [phase-b]}
                """,
            FixedSurroundings.USUAL);

    Cycle cycle = ((Validation.Refused) validation).cycles().getFirst();
    assertThat(cycle.errorText("Phases"))
        .isEqualTo(
            """
                ERROR: Circular dependency detected: phase-a -> phase-b -> phase-c -> phase-a

                Phases involved in cycle:
                  1. phase-a depends on phase-c
                  2. phase-b depends on phase-a
                  3. phase-c depends on phase-b

                Fix: Remove one dependency to break the cycle.""");
    assertThat(cycle.tuple()).isEqualTo("[(phase-a, phase-b, phase-c, phase-a)]");
  }

  @Test
  void shouldShortenAnEndlessCycle() {
    List<TaskId> ids = IntStream.range(0, 500).mapToObj(i -> new TaskId("t" + i)).toList();

    assertThat(new Cycle(ids).message("Tasks"))
        .contains("t19 -> … (480 more) -> t0", "  20. t19 depends on t18", "… and 480 more")
        .doesNotContain("t21");
  }

  @Test
  void shouldRefuseLongDescriptionsWithAWayOut() {
    String fits = "x".repeat(TaskCheck.MAX_DESCRIPTION);

    assertThat(validate(task("A").description(fits))).isInstanceOf(Validation.Runnable.class);
    PlanProblem problem = onlyProblem(validate(task("A").description(fits + "x")));
    assertThat(problem.code()).isEqualTo("description_too_long");
    assertThat(problem.fix()).contains("{prompt_file}");
    assertThat(validate(task("A").description("é".repeat(65_535))))
        .isInstanceOf(Validation.Runnable.class);
    assertThat(validate(task("A").description("é".repeat(65_536))))
        .isInstanceOf(Validation.Refused.class);
  }

  @Test
  void shouldCheckRangesOfPlansThatNoReaderMade() {
    TaskSpec.Builder task =
        task("A").priority(0).timeout(Duration.ZERO).stallTimeout(Duration.ofSeconds(-1));

    assertThat(((Validation.Refused) validate(task)).problems())
        .extracting(PlanProblem::message)
        .containsExactly(
            "\"priority\" of task \"A\" is 0, expected a value from 1 to 1000000",
            "\"timeout\" of task \"A\" is 0ms, expected a value above 0",
            "\"stall_timeout\" of task \"A\" is -1000ms, expected a value above 0");
  }

  @Test
  void shouldRefuseEmptyAndHugePlans() {
    assertThat(onlyProblem(validate(List.of())).code()).isEqualTo("no_tasks");
    List<TaskSpec> many =
        IntStream.rangeClosed(0, PlanValidator.MAX_TASKS)
            .mapToObj(i -> task("t" + i).build())
            .toList();
    assertThat(onlyProblem(validate(many)).code()).isEqualTo("too_many_tasks");
  }

  @Test
  void shouldRefuseTooManyInferredEdges() {
    List<TaskSpec> tasks =
        IntStream.range(0, 2_200)
            .mapToObj(
                i -> task("t" + i).action(i % 2 == 0 ? "implement" : "review").build())
            .toList();

    assertThat(onlyProblem(validate(tasks)).code()).isEqualTo("too_many_edges");
  }

  @Test
  void shouldTellTheEnvironmentFromThePlan() {
    TaskSpec claude = TaskSpec.builder(new TaskId("A"), new FamiliarName("claude")).build();
    TaskSpec unknown = TaskSpec.builder(new TaskId("B"), new FamiliarName("nobody")).build();

    assertThat(((Validation.Refused) validate(List.of(claude))).environmentOnly()).isTrue();
    assertThat(((Validation.Refused) validate(List.of(claude, unknown))).environmentOnly())
        .isFalse();
  }

  @Test
  void shouldWarnOfTasksWithoutOutputs() {
    Validation both = validate(List.of(task("A").build(), task("B").build()));

    assertThat(((Validation.Runnable) both).warnings())
        .extracting(PlanProblem::message)
        .containsExactly(
            "2 tasks declare no outputs, so shared files are not noticed: \"A\", \"B\"");
    assertThat(((Validation.Runnable) validate(task("A"))).warnings()).isEmpty();
  }

  @Test
  void shouldWarnWhenOnlyASharedFileOrdersParallelTasks() {
    Validation validation =
        validate(
            List.of(
                task("A").outputs(List.of("a")).build(),
                task("K").outputs(List.of("a", "b")).build(),
                task("B").outputs(List.of("b")).parallelWith(List.of(new TaskId("A"))).build()));

    assertThat(((Validation.Runnable) validation).warnings())
        .extracting(PlanProblem::message)
        .containsExactly(
            "task \"B\" cannot run parallel with \"A\": the plan orders them by a rule or shared"
                + " file: A -> K -> B");
  }

  private static TaskSpec.Builder task(String id) {
    return TaskSpec.builder(new TaskId(id), CODEX);
  }

  private static Validation validate(TaskSpec.Builder task) {
    return validate(List.of(task.build()));
  }

  private static Validation validate(List<TaskSpec> tasks) {
    Plan plan = new Plan(null, Execution.DAG, tasks, List.of(), false);
    return PlanValidator.validate(plan, FixedSurroundings.USUAL);
  }

  private static PlanProblem onlyProblem(Validation validation) {
    assertThat(validation).isInstanceOf(Validation.Refused.class);
    List<PlanProblem> problems = ((Validation.Refused) validation).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }
}
