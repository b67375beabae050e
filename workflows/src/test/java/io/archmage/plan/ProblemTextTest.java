package io.archmage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

  private static final PlanProblem PROBLEM =
      PlanProblem.at(
          new Position(3, 5), ProblemCode.UNKNOWN_KEY, null, "unknown key", "Remove it.");

  @Test
  void shouldNameThePlace() {
    PlanProblem nowhere =
        PlanProblem.at(Position.UNKNOWN, ProblemCode.NO_TASKS, null, "no tasks", "");

    assertThat(ProblemText.render(PROBLEM)).isEqualTo("line 3: unknown key\n    fix: Remove it.\n");
    assertThat(ProblemText.render(PROBLEM.inFile("plan.json")))
        .isEqualTo("plan.json:3:5: unknown key\n    fix: Remove it.\n");
    assertThat(ProblemText.render(nowhere)).isEqualTo("no tasks\n");
    assertThat(ProblemText.render(nowhere.inFile("plan.json"))).isEqualTo("plan.json: no tasks\n");
  }

  @Test
  void shouldPutAProblemInOneLine() {
    assertThat(ProblemText.line(PROBLEM.inFile("plan.json")))
        .isEqualTo("plan.json:3:5: unknown key. Remove it.");
  }

  @Test
  void shouldCountProblems() {
    PlanProblem inFile = PROBLEM.inFile("plan.json");

    assertThat(ProblemText.render(List.of())).isEmpty();
    assertThat(ProblemText.summary(List.of(PROBLEM))).isEqualTo("1 problem");
    assertThat(ProblemText.summary(List.of(inFile, inFile))).isEqualTo("2 problems in plan.json");
    assertThat(ProblemText.summary(List.of(inFile, PROBLEM.inFile("b")))).isEqualTo("2 problems");
    assertThat(ProblemText.render(Collections.nCopies(60, inFile)))
        .endsWith("… and 10 more\n60 problems in plan.json\n");
  }

  @Test
  void shouldKeepUserTextOnOneHarmlessLine() {
    assertThat(Quoted.of("a\nb\t\u001b[31m\u202e")).isEqualTo("\"a\\nb\\t\\u001b[31m\\u202e\"");
    assertThat(Quoted.of("é".repeat(100))).isEqualTo("\"" + "é".repeat(80) + "…\"");
  }
}
