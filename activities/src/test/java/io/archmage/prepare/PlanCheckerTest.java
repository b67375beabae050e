package io.archmage.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.config.Configuration;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanCheckerTest extends PrepareFixture {

  private static final String TWO =
      """
          execution: dag
          tasks:
            - {id: A, familiar: codex, outputs: [x.txt]}
            - {id: B, familiar: gemini, outputs: [x.txt, y.txt]}
          """;

  @Test
  void shouldBeReadyWithItsGraph() {
    PlanCheck.Ready ready = (PlanCheck.Ready) check(TWO, "p.yaml", null);

    assertThat(ready.graph().plan().tasks()).hasSize(2);
    assertThat(ready.graph().edges()).hasSize(1);
  }

  @Test
  void shouldSayAllProblemsOfReadingAndProvingAtOnceWithTheirPlaces() {
    String text =
        """
            tasks:
              - {id: A, familiar: codx, depends_on: [B], priorty: 1}
              - {id: B, familiar: codex, depends_on: [A]}
              - {id: C, familiar: stitch, prompt_file: missing.md}
            """;

    List<PlanProblem> problems = refused(check(text, "p.yaml", null)).problems();

    assertThat(problems)
        .extracting(PlanProblem::code)
        .contains("unknown_familiar", "unknown_key", "circular_dependency", "missing_file");
    assertThat(problems).allMatch(problem -> "p.yaml".equals(problem.file()));
    assertThat(problems).extracting(PlanProblem::line).isSorted();
    assertThat(ProblemText.render(problems))
        .startsWith("p.yaml:2:5: unknown familiar \"codx\" of task \"A\"")
        .contains("p.yaml:2:46: unknown key \"priorty\" of task \"A\"");
  }

  @Test
  void shouldNameLinesWithoutAFileNameToo() {
    List<PlanProblem> problems = refused(check("tasks: [\n", null, null)).problems();

    assertThat(ProblemText.render(problems)).startsWith("line ");
  }

  @Test
  void shouldTellAPlanThatOnlyThisMachineCannotRun() {
    String text = "tasks:\n  - {id: A, familiar: claude}\n";
    PlanCheck.Refused refused = refused(check(text, null, null));

    assertThat(refused.environmentOnly()).isTrue();
    assertThat(refused.problems()).extracting(PlanProblem::code).containsExactly("no_command");
    assertThat(refused(check(text, null, "pipeline")).environmentOnly()).isFalse();
  }

  @Test
  void shouldRefuseAPlanOfAnotherPattern() {
    assertThat(check(TWO, null, "dag")).isInstanceOf(PlanCheck.Ready.class);
    assertThat(refused(check(TWO, "p.yaml", "pipeline")).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message())
                  .isEqualTo(
                      "the plan is of execution \"dag\", the workflow type runs pipeline");
              assertThat(problem.line()).isEqualTo(1);
            });
  }

  @Test
  void shouldRefuseTooManyTasks() {
    assertThat(check(tasks(PlanChecker.MAX_TASKS), null, null))
        .isInstanceOf(PlanCheck.Ready.class);
    assertThat(refused(check(tasks(PlanChecker.MAX_TASKS + 1), null, null)).problems())
        .extracting(PlanProblem::message)
        .containsExactly("the plan has 3001 tasks, at most 3000 run in one run");
  }

  @Test
  void shouldLookForFilesInTheBaseCommitOnly() {
    user.write("late.md", "not committed");
    String text = "tasks:\n  - {id: A, familiar: codex, prompt_file: %s}\n";

    assertThat(check(text.formatted("a.txt"), null, null)).isInstanceOf(PlanCheck.Ready.class);
    assertThat(refused(check(text.formatted("late.md"), null, null)).problems())
        .extracting(PlanProblem::code)
        .containsExactly("missing_file");
  }

  @Test
  void shouldFindModulesInTheBaseCommitOnly() {
    base =
        user.write("src/user/u.txt", "u")
            .write("src/auth/deep/a.txt", "a")
            .write("src/file.txt", "f")
            .write("src/.hidden/h.txt", "h")
            .commit("modules");
    user.write("src/late/l.txt", "l");
    String text = "split: {input: %s}\nparallel_tasks: {familiar: codex}\n";

    assertThat(modules(text.formatted("src/"))).containsExactly("auth", "user");
    assertThat(modules(text.formatted("."))).containsExactly("src");
    assertThat(refused(check(text.formatted("src/late"), null, null)).problems())
        .extracting(PlanProblem::message)
        .containsExactly("the base commit has no directories below \"src/late\"");
    assertThat(refused(check(text.formatted("a.txt"), null, null)).problems()).hasSize(1);
    assertThat(refused(check(text.formatted("/src"), null, null)).problems()).hasSize(1);
  }

  private List<String> modules(String text) {
    return ((PlanCheck.Ready) check(text, null, "fan_out_fan_in"))
        .graph()
        .plan()
        .tasks()
        .stream()
        .map(task -> task.id().value())
        .toList();
  }

  private static String tasks(int count) {
    return IntStream.range(0, count)
        .mapToObj("  - {id: T%d, familiar: codex}\n"::formatted)
        .collect(Collectors.joining("", "execution: parallel\ntasks:\n", ""));
  }

  private PlanCheck check(String text, String file, String pattern) {
    Configuration configuration = CONFIGURATION;
    return new PlanChecker(configuration, repository)
        .check(text.getBytes(StandardCharsets.UTF_8), file, pattern, base);
  }

  private static PlanCheck.Refused refused(PlanCheck check) {
    assertThat(check).isInstanceOf(PlanCheck.Refused.class);
    return (PlanCheck.Refused) check;
  }

  @Test
  void shouldRefuseGroupsWhereSeveralMachinesShareTheRun() {
    PlanCheck check =
        new PlanChecker(configuration("share: {remote: hub}"), repository)
            .check(
                "tasks: [{id: a, familiar: codex, group: g}]".getBytes(StandardCharsets.UTF_8),
                null,
                null,
                base);

    assertThat(check).isInstanceOf(PlanCheck.Refused.class);
    assertThat(((PlanCheck.Refused) check).problems())
        .anyMatch(problem -> problem.message().contains("whose branches are on one machine"));
  }
}
