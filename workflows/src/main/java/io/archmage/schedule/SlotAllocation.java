package io.archmage.schedule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Hands out slots: always to the first ready task in order for which everything is free, which no
 * limit over time holds back and which leaves its slot to no other. A kind of tasks that is held
 * back holds back no other.
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
    Optional<Decision.WaitForHold> held = Optional.empty();
    int before = -1;
    // What one task gets may change what others are to wait for.
    while (before != decisions.size() && (before < 0 || held.isPresent())) {
      before = decisions.size();
      held = dispatch();
    }
    if (ledger.slotFree()) {
      waitForRate();
      held.filter(hold -> ledger.holds().wake().sets(hold.at())).ifPresent(decisions::add);
    }
  }

  /** Hands out what is free; returns the first end of a wait for others, if somebody waits. */
  private Optional<Decision.WaitForHold> dispatch() {
    TreeSet<Integer> places = new TreeSet<>();
    for (int kind = 0; kind < ledger.index().kindCount(); kind++) {
      add(places, ledger.ready().head(kind));
    }
    Optional<Decision.WaitForHold> first = Optional.empty();
    SlotHolds holds = new SlotHolds(ledger);
    ledger.holds().weighAgain();
    while (ledger.slotFree() && !places.isEmpty()) {
      int task = ledger.index().inOrder(places.pollFirst());
      if (!ledger.slots().admits(task)
          || !ledger.rates().admits(ledger.index().task(task).familiar())) {
        continue;
      }
      OptionalInt next = ledger.ready().behind(task);
      Optional<WaitReason.Held> hold = holds.of(task);
      if (hold.isEmpty()) {
        decisions.add(ledger.dispatch(task));
        holds.dispatched();
      } else {
        ledger.holds().hold(task, hold.get());
        if (first.isEmpty() || hold.get().until().isBefore(first.get().at())) {
          first =
              hold.map(held -> new Decision.WaitForHold(task, held.task(), held.until()));
        }
      }
      add(places, next);
    }
    return first;
  }

  /** Asks to be woken for the first task that only a limit over time holds back. */
  private void waitForRate() {
    Decision.WaitForRate first = null;
    for (int kind = 0; kind < ledger.index().kindCount(); kind++) {
      OptionalInt head = ledger.ready().head(kind);
      if (head.isEmpty() || !ledger.slots().admits(head.getAsInt())) {
        continue;
      }
      int familiar = ledger.index().task(head.getAsInt()).familiar();
      Optional<WaitReason.Rate> wait = ledger.rates().wait(familiar);
      if (wait.isPresent() && (first == null || wait.get().until().isBefore(first.at()))) {
        first =
            new Decision.WaitForRate(head.getAsInt(), wait.get().limit(), wait.get().until());
      }
    }
    if (first != null && ledger.rates().wake().sets(first.at())) {
      decisions.add(first);
    }
  }

  private void add(TreeSet<Integer> places, OptionalInt task) {
    task.ifPresent(ready -> places.add(ledger.index().place(ready)));
  }
}
