package io.archmage.durable;

import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.temporal.workflow.Workflow;
import java.util.List;

/** What runs that are under way when the workflows change go on without. */
final class Changes {

  private static final String ROLLBACK = "rollback";
  private static final String GROUPS = "groups";
  private static final String RESOURCES = "resources";

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

  /** The tasks with what this run has known since its begin. */
  static List<PreparedTask> apply(List<PreparedTask> tasks) {
    boolean unshared =
        tasks.stream().anyMatch(PreparedTask::sharesOrHolds)
            && Workflow.getVersion(RESOURCES, Workflow.DEFAULT_VERSION,
                1) == Workflow.DEFAULT_VERSION;
    return unshared ? tasks.stream().map(PreparedTask::alone).toList() : tasks;
  }
}
