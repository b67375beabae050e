package io.archmage.durable;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.report.BatchPage;
import io.archmage.report.BatchesRequest;
import io.archmage.report.Costs;
import io.archmage.report.MetricsRequest;
import io.archmage.report.PlanPage;
import io.archmage.report.SlotPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.WorktreePage;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import org.jspecify.annotations.Nullable;

/** Questions about parts of a run, the same for every workflow type. */
@WorkflowInterface
public interface RunDetailQueries {

  /** The tasks, what each waits for and why, and the batches. */
  @QueryMethod(name = "plan", description = "The tasks, what each waits for and why, the batches")
  PlanPage plan(@Nullable StatusRequest request);

  /**
   * The figures of the run so far, by name.
   *
   * @throws io.temporal.failure.ApplicationFailure if a name is unknown
   */
  @QueryMethod(name = "metrics", description = "The figures of the run so far: {names: [...]}")
  JsonNode metrics(@Nullable MetricsRequest request);

  /**
   * Where the batches stand.
   *
   * @throws io.temporal.failure.ApplicationFailure if there is no batch of that number
   */
  @QueryMethod(name = "batches", description = "Where the batches stand: {batch_number: 1}")
  BatchPage batches(@Nullable BatchesRequest request);

  /** Which slot holds which task. */
  @QueryMethod(name = "slots", description = "Which slot holds which task of which familiar")
  SlotPage slots();

  /** The groups of the run with their branches and worktrees. */
  @QueryMethod(
      name = "worktrees",
      description = "The groups with their status, branches and worktrees")
  WorktreePage worktrees();

  /** What the run cost so far. */
  @QueryMethod(name = "costs", description = "What the run cost so far, by familiar")
  Costs costs();
}
