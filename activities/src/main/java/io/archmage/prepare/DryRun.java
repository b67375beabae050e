package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.plan.ProblemText;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanViews;

/** Says what a run of a plan would do, with what its worker would prepare. */
public final class DryRun {

  private DryRun() {}

  /**
   * The view of a checked plan.
   *
   * @param plan one that can run
   * @param configuration that of the run, overrides applied
   */
  public static PlanView of(PlanCheck.Ready plan, Configuration configuration) {
    return PlanViews.of(
        plan.graph(),
        new PreparedTasks(plan.graph(), configuration).model(),
        plan.warnings().stream().map(ProblemText::line).toList());
  }
}
