package io.archmage.durable;

import io.archmage.report.RunStatus;
import io.archmage.schedule.TaskStatus;

/** The one place that tells a run's status from its tasks. */
final class Outcome {

  private Outcome() {}

  static RunStatus of(RunLedger ledger) {
    int succeeded = 0;
    boolean open = false;
    for (int task = 0; task < ledger.size(); task++) {
      TaskStatus status = ledger.state().status(task);
      open |= !status.terminal();
      if (status == TaskStatus.SUCCEEDED) {
        succeeded++;
      }
    }
    for (int merge = ledger.size(); merge < ledger.sizeWithMerges(); merge++) {
      open |= !ledger.state().status(merge).terminal();
    }
    if (open || ledger.state().rollback().isPresent()) {
      return ledger.isCancelRequested() ? RunStatus.CANCELLING : RunStatus.RUNNING;
    }
    if (succeeded == ledger.size() && !ledger.groups.unmerged()) {
      return RunStatus.COMPLETED;
    }
    if (ledger.isCancelRequested()) {
      return RunStatus.CANCELLED;
    }
    if (ledger.state().count(TaskStatus.ROLLED_BACK) > 0) {
      return RunStatus.ROLLED_BACK;
    }
    return succeeded > 0 ? RunStatus.PARTIAL : RunStatus.FAILED;
  }
}
