package io.archmage.prepare;

import io.archmage.graph.TaskGraph;
import io.archmage.plan.Plan;
import io.archmage.plan.PlanProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of checking a document as a plan. */
public sealed interface PlanCheck {

  /**
   * It can run.
   *
   * @param graph its tasks with their final edges
   * @param warnings what a person may want to know
   */
  record Ready(TaskGraph graph, List<PlanProblem> warnings) implements PlanCheck {
    /** Copies the list. */
    public Ready {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It cannot run.
   *
   * @param problems all that is wrong, ordered by position
   * @param cyclic the plan as far as it could be read if its tasks depend on each other in a
   *     circle, else null
   */
  record Refused(List<PlanProblem> problems, @Nullable Plan cyclic) implements PlanCheck {
    /** Copies the list. */
    public Refused {
      problems = List.copyOf(problems);
    }

    /** Whether the plan is right and only this machine or configuration cannot run it. */
    public boolean environmentOnly() {
      return problems.stream().allMatch(PlanProblem::environment);
    }
  }
}
