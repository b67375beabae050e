package io.archmage.durable;

import io.archmage.contract.CheckpointRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.RunActivities;
import io.archmage.report.Checkpoint;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records the run's head before tasks start side by side. Nothing waits for the ref to be written:
 * the commit is on the run's branch already.
 */
final class Checkpoints {

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private int underWay;

  Checkpoints(OpenedRun opened, PreparedPlan plan, RunLedger ledger) {
    this.opened = opened;
    this.plan = plan;
    this.ledger = ledger;
  }

  /** Records the head; not again where nothing was merged within a stage since the last time. */
  void record(int stageNumber) {
    Integer stage = plan.barrier() ? Integer.valueOf(stageNumber + 1) : null;
    List<Checkpoint> made = ledger.checkpoints();
    int number = made.size() + 1;
    Checkpoint checkpoint = new Checkpoint(number, ledger.head(), stage);
    if (!made.isEmpty()
        && made.getLast().equals(new Checkpoint(number - 1, ledger.head(), stage))) {
      return;
    }
    ledger.recorded(checkpoint);
    ledger.tell(
        Clocks.now(),
        "checkpoint",
        null,
        "checkpoint " + number + " at " + shorten(ledger.head())
            + (stage == null ? "" : " before tasks of stage " + stage));
    RunActivities git =
        Workflow.newActivityStub(
            RunActivities.class,
            ActivityPolicies.gitStep(opened.queue(), "checkpoint " + number));
    underWay++;
    Async.procedure(
        git::checkpoint,
        new CheckpointRequest(plan.run(), opened.repository(), number, ledger.head()))
        .handle((done, failure) -> ended(number, failure));
  }

  private @Nullable Void ended(int number, @Nullable RuntimeException failure) {
    underWay--;
    if (failure != null) {
      ledger.tell(
          Clocks.now(),
          "checkpoint_failed",
          null,
          "the ref of checkpoint " + number + " was not written: " + Failures.reason(failure));
    }
    return null;
  }

  /** Waits until every ref is written, or known not to be. */
  void await() {
    Workflow.await(() -> underWay == 0);
  }

  static String shorten(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }
}
