package io.archmage.simulation;

import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunKey;
import java.util.List;

/** The plan of a simulated case, for runs on an engine; nobody is asked in it. */
public final class SeededPlan {

  private final SimulatedCase plan;
  private final List<PreparedTask> tasks;

  /** The plan of that seed. */
  public SeededPlan(long seed) {
    plan = Cases.of(seed);
    tasks = plan.prepared(Mutation.NONE);
  }

  /** The tasks in declared order. */
  public List<PreparedTask> tasks() {
    return tasks;
  }

  /** Whether the task's work changes the run's branch. */
  public boolean changes(int task) {
    return plan.tasks().get(task).changes();
  }

  /** Attempts at once. */
  public int maxParallel() {
    return plan.rules().maxParallel();
  }

  /** A number from 0 to below the bound, always the same for the same arguments. */
  public int draw(int bound, String purpose, long... numbers) {
    return plan.draws().below(bound, purpose, numbers);
  }

  /** The prepared plan of a run. */
  public PreparedPlan prepared(RunKey run) {
    PreparedPlan prepared = plan.plan("h0", Mutation.NONE);
    return new PreparedPlan(
        run,
        prepared.execution(),
        prepared.title(),
        prepared.baseCommit(),
        prepared.target(),
        prepared.branch(),
        prepared.planId(),
        tasks.size(),
        tasks,
        prepared.familiars(),
        prepared.maxParallel(),
        prepared.barrier(),
        prepared.maxRetries(),
        prepared.retryDelayMs(),
        prepared.retryCoefficient(),
        prepared.mergeStrategy(),
        prepared.publish(),
        prepared.notes(),
        null,
        false,
        List.of(),
        prepared.limits(),
        prepared.rollback());
  }
}
