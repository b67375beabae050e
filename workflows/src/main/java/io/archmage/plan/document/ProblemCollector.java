package io.archmage.plan.document;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects problems, so that a user sees all of them at once; not thread-safe. */
public final class ProblemCollector {

  private static final Comparator<PlanProblem> BY_POSITION =
      Comparator.comparing((PlanProblem problem) -> problem.line() == 0)
          .thenComparingInt(PlanProblem::line)
          .thenComparingInt(PlanProblem::column);

  private final List<PlanProblem> problems = new ArrayList<>();

  /** Adds a problem. */
  public void add(PlanProblem problem) {
    problems.add(problem);
  }

  /** Adds a problem of that kind at a position. */
  public void add(
      Position position, ProblemCode code, @Nullable TaskId task, String message, String fix) {
    add(PlanProblem.at(position, code, task, message, fix));
  }

  /** Adds problems. */
  public void addAll(Collection<PlanProblem> more) {
    problems.addAll(more);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** A copy of all problems, ordered by position; those without one come last. */
  public List<PlanProblem> list() {
    return problems.stream().sorted(BY_POSITION).toList();
  }
}
