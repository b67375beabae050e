package io.archmage.durable;

import io.archmage.contract.PreparedPlan;
import io.temporal.workflow.Workflow;

/** What runs that are under way when the workflows change go on without. */
final class Changes {

  private static final String ROLLBACK = "rollback";
  private static final String GROUPS = "groups";

  private Changes() {}

  /** The plan with what this run has known since its begin. */
  static PreparedPlan apply(PreparedPlan plan) {
    boolean before =
        plan.rollback() != null
            && Workflow.getVersion(ROLLBACK, Workflow.DEFAULT_VERSION,
                1) == Workflow.DEFAULT_VERSION;
    PreparedPlan known = before ? plan.withoutRollback() : plan;
    boolean ungrouped =
        !known.groups().isEmpty()
            && Workflow.getVersion(GROUPS, Workflow.DEFAULT_VERSION,
                1) == Workflow.DEFAULT_VERSION;
    return ungrouped ? known.withoutGroups() : known;
  }
}
