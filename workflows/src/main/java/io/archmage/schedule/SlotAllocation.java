package io.archmage.schedule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Hands out slots: always to the first ready task in order whose familiar has an instance left and
 * which no limit over time holds back. A familiar that is held back holds back no other.
 */
final class SlotAllocation {
  private final ScheduleLedger ledger;
  private final List<Decision> decisions;

  SlotAllocation(ScheduleLedger ledger, List<Decision> decisions) {
    this.ledger = ledger;
    this.decisions = decisions;
  }

  void run() {
    if (!ledger.slotFree() || ledger.count(TaskStatus.READY) == 0) {
      return;
    }
    RateLedger rates = ledger.rates();
    TreeSet<Integer> heads = new TreeSet<>();
    for (int familiar = 0; familiar < ledger.index().familiarCount(); familiar++) {
      addHead(heads, familiar);
    }
    while (ledger.slotFree() && !heads.isEmpty()) {
      int task = ledger.index().inOrder(heads.pollFirst());
      int familiar = ledger.index().task(task).familiar();
      if (rates.admits(familiar)) {
        decisions.add(ledger.dispatch(task));
        addHead(heads, familiar);
      }
    }
    if (ledger.slotFree()) {
      waitForRate();
    }
  }

  /** Asks to be woken for the first task that only a limit over time holds back. */
  private void waitForRate() {
    Decision.WaitForRate first = null;
    for (int familiar = 0; familiar < ledger.index().familiarCount(); familiar++) {
      OptionalInt head = ledger.head(familiar);
      Optional<WaitReason.Rate> wait =
          head.isEmpty() ? Optional.empty() : ledger.rates().wait(familiar);
      if (wait.isPresent() && (first == null || wait.get().until().isBefore(first.at()))) {
        first =
            new Decision.WaitForRate(head.getAsInt(), wait.get().limit(), wait.get().until());
      }
    }
    if (first != null && ledger.rates().wakes(first.at())) {
      decisions.add(first);
    }
  }

  private void addHead(TreeSet<Integer> heads, int familiar) {
    ledger.head(familiar).ifPresent(task -> heads.add(ledger.index().place(task)));
  }
}
