package io.archmage.prepare;

import io.archmage.config.Configuration;
import io.archmage.history.Estimates;
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
   * @param estimates what is known of earlier runs
   */
  public static PlanView of(
      PlanCheck.Ready plan, Configuration configuration, Estimates estimates) {
    PreparedTasks tasks = new PreparedTasks(plan.graph(), configuration, estimates);
    return PlanViews.of(
        plan.graph(),
        tasks.model(),
        tasks.sources(),
        plan.warnings().stream().map(ProblemText::line).toList());
  }
}
