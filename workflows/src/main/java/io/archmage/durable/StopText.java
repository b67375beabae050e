package io.archmage.durable;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Why a run stops what it has under way, in words. */
final class StopText {

  /** The reason of attempts in a run that was cancelled. */
  static final String CANCELLED = "stopped because the run was cancelled";

  private StopText() {}

  /** Why the run stops its attempts; null if it does not. */
  static @Nullable String of(RunLedger ledger) {
    OptionalInt failed = ledger.state().stoppedBy();
    if (failed.isPresent()) {
      return "stopped because " + firstFailure(ledger.record(failed.getAsInt()).task.id());
    }
    return ledger.state().cancelling() ? CANCELLED : null;
  }

  /** Says that the task's failure ended the run. */
  static String firstFailure(String task) {
    return task + " failed, and the run ends at its first failure (fail_fast)";
  }
}
