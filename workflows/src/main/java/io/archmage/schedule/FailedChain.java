package io.archmage.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the successes behind a failure that serve nothing any more: whatever needs them, directly
 * or not, failed, was skipped or is itself undone with them. Each chain has one failure as its
 * cause, so that it is undone, or kept, on its own.
 */
final class FailedChain {
  private final ScheduleLedger ledger;
  private final BitSet chain = new BitSet();
  private final List<Integer> tasks = new ArrayList<>();
  private OptionalInt cause = OptionalInt.empty();

  private FailedChain(ScheduleLedger ledger) {
    this.ledger = ledger;
  }

  /** The next chain, as a rollback that has begun; empty if there is none. */
  static Optional<Decision.Rollback> next(ScheduleLedger ledger) {
    return new FailedChain(ledger).next();
  }

  private Optional<Decision.Rollback> next() {
    for (int task : ledger.rollbacks().latestFirst(ledger.index().size())) {
      OptionalInt failed =
          ledger.status(task) == TaskStatus.SUCCEEDED
              ? onlyServed(task)
              : OptionalInt.empty();
      if (failed.isPresent() && (cause.isEmpty() || cause.equals(failed))) {
        cause = failed;
        chain.set(task);
        tasks.add(task);
      }
    }
    return cause.isEmpty()
        ? Optional.empty()
        : Optional.of(ledger.rollbacks().begin(cause.getAsInt(), tasks));
  }

  /** The first failure among what the task served; empty if it serves anything else. */
  private OptionalInt onlyServed(int task) {
    OptionalInt first = OptionalInt.empty();
    for (int dependent : ledger.index().neededBy(task)) {
      if (!chain.get(dependent) && !ledger.lost(dependent)) {
        return OptionalInt.empty();
      }
      OptionalInt failed = chain.get(dependent) ? cause : failureBehind(dependent);
      if (first.isEmpty() || failed.isPresent() && failed.getAsInt() < first.getAsInt()) {
        first = failed;
      }
    }
    return first;
  }

  /** The failure that a lost task goes back to; empty if that is a person's wish. */
  private OptionalInt failureBehind(int lost) {
    int task = lost;
    while (true) {
      switch (ledger.status(task)) {
        case FAILED -> {
          return OptionalInt.of(task);
        }
        case SKIPPED, ROLLED_BACK -> {
          int because = ledger.lostBecause(task);
          if (because == task) {
            return OptionalInt.empty();
          }
          task = because;
        }
        case CANCELLED -> {
          return ledger.stoppedBy();
        }
        case BLOCKED, READY, WAITING, AWAITING_PERSON, RUNNING, SUCCEEDED -> {
          return OptionalInt.empty();
        }
      }
    }
  }
}
