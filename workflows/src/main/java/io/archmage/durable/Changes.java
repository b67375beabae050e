package io.archmage.durable;

import io.archmage.contract.PreparedPlan;
import io.temporal.workflow.Workflow;

/** What runs that are under way when the workflows change go on without. */
final class Changes {

  private static final String ROLLBACK = "rollback";

  private Changes() {}

  /** The plan with what this run has known since its begin. */
  static PreparedPlan apply(PreparedPlan plan) {
    boolean before =
        plan.rollback() != null
            && Workflow.getVersion(ROLLBACK, Workflow.DEFAULT_VERSION,
                1) == Workflow.DEFAULT_VERSION;
    return before ? plan.withoutRollback() : plan;
  }
}
