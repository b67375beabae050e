package io.archmage.worker;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import java.util.List;

/** A configuration cannot be used; the message has every problem. */
public final class ConfigurationProblemsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<PlanProblem> problems;

  ConfigurationProblemsException(List<PlanProblem> problems) {
    super(ProblemText.render(problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, at least one problem. */
  public List<PlanProblem> problems() {
    return problems;
  }
}
