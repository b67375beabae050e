package io.archmage.graph;

import io.archmage.plan.PlanProblem;
import java.util.List;

/** What came of checking a plan. */
public sealed interface Validation {

  /**
   * The plan can run.
   *
   * @param graph its tasks with their final edges
   * @param warnings what a person may want to know, possibly empty
   */
  record Runnable(TaskGraph graph, List<PlanProblem> warnings) implements Validation {
    /** Copies the list. */
    public Runnable {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The plan cannot run.
   *
   * @param problems all that is wrong, at least one, ordered by position
   * @param cycles the dependency cycles among them, possibly empty
   */
  record Refused(List<PlanProblem> problems, List<Cycle> cycles) implements Validation {
    /** Copies the lists. */
    public Refused {
      problems = List.copyOf(problems);
      cycles = List.copyOf(cycles);
    }

    /** Whether the plan is right and only the machine or the configuration cannot run it. */
    public boolean environmentOnly() {
      return problems.stream().allMatch(PlanProblem::environment);
    }
  }
}
