package io.archmage.plan.reader;

import io.archmage.plan.Plan;
import io.archmage.plan.PlanProblem;
import java.util.List;
import java.util.Optional;

/** What came of reading a plan from a document. */
public sealed interface PlanReading {

  /**
   * Every key has a meaning.
   *
   * @param plan the plan, not yet proven to be able to run
   */
  record Read(Plan plan) implements PlanReading {}

  /**
   * Something could not be read.
   *
   * @param problems at least one, ordered by position
   * @param partial the plan without what could not be read, if every task has an id: good for
   *     finding further problems, never for running
   */
  record Problems(List<PlanProblem> problems, Optional<Plan> partial) implements PlanReading {
    /** Copies the list. */
    public Problems {
      problems = List.copyOf(problems);
    }
  }
}
