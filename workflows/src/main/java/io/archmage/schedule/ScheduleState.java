package io.archmage.schedule;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** An immutable snapshot of a run's scheduling. */
public final class ScheduleState {
  private final ScheduleLedger ledger;

  /** Takes over the ledger, which nobody may write to any more. */
  ScheduleState(ScheduleLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * The state before the run begins: every task is blocked.
   *
   * @throws IllegalArgumentException if an index of the model is out of range, two tasks have the
   *     same order, or tasks wait for each other, be it over edges or over the barrier
   */
  public static ScheduleState initial(ScheduleModel model) {
    return new ScheduleState(new ScheduleLedger(new ScheduleIndex(model)));
  }

  /** The unchanging input. */
  public ScheduleModel model() {
    return ledger.index().model();
  }

  /** Where the task stands. */
  public TaskStatus status(int task) {
    return ledger.status(task);
  }

  /** How many attempts of the task were dispatched so far. */
  public int attempts(int task) {
    return ledger.attempts(task);
  }

  /**
   * The task that a skipped task was skipped for, as decided then; empty for all others and for
   * those that a person skipped.
   */
  public OptionalInt skippedBecause(int task) {
    return status(task) == TaskStatus.SKIPPED && ledger.lostBecause(task) != task
        ? OptionalInt.of(ledger.lostBecause(task))
        : OptionalInt.empty();
  }

  /**
   * Why a blocked, ready, waiting or awaiting task does not run; empty for all others and before
   * the run begins. Where several reasons hold, tasks come before stages, a rollback before slots,
   * these before instances, then resources, limits over time, and slots left to others.
   */
  public Optional<WaitReason> waitReason(int task) {
    if (!ledger.started()) {
      return Optional.empty();
    }
    return switch (status(task)) {
      case BLOCKED -> Optional.of(blockedBy(task));
      case READY ->
        Optional.of(
            rollback()
                .<WaitReason>map(rollback -> new WaitReason.Rollback(rollback.tasks()))
                .orElseGet(() -> capacityFor(task)));
      case WAITING -> Optional.of(new WaitReason.Until(ledger.wakeAt(task)));
      case AWAITING_PERSON -> Optional.of(new WaitReason.Person());
      case RUNNING, SUCCEEDED, FAILED, SKIPPED, ROLLED_BACK, CANCELLED -> Optional.empty();
    };
  }

  /** Attempts under way, over all familiars; at most {@link ScheduleModel#maxParallel()}. */
  public int inFlight() {
    return ledger.slots().inFlight();
  }

  /** Tasks that only lack a slot, an instance or room in a limit over time. */
  public int readyCount() {
    return count(TaskStatus.READY);
  }

  /** How many tasks have the status. */
  public int count(TaskStatus status) {
    return ledger.count(status);
  }

  /** How many tasks have each status, in the order of the statuses, zeros included. */
  public Map<TaskStatus, Integer> counts() {
    EnumMap<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
    for (TaskStatus status : TaskStatus.values()) {
      counts.put(status, count(status));
    }
    return Collections.unmodifiableMap(counts);
  }

  /** Whether the run is being cancelled. */
  public boolean cancelling() {
    return ledger.cancelling();
  }

  /** The task whose failure ended the run early; empty if none did. */
  public OptionalInt stoppedBy() {
    return ledger.stoppedBy();
  }

  /** The rollback under way, during which nothing starts. */
  public Optional<Decision.Rollback> rollback() {
    return ledger.rollbacks().underWay();
  }

  /** Whether {@link Decision.Complete} was given. */
  public boolean done() {
    return ledger.completed();
  }

  ScheduleLedger ledger() {
    return ledger;
  }

  private WaitReason blockedBy(int task) {
    TreeSet<Integer> open = openBefore(task);
    return open.isEmpty()
        ? new WaitReason.EarlierStage(ledger.index().stageNumber(ledger.stage()))
        : new WaitReason.Tasks(List.copyOf(open));
  }

  /** The nearest tasks before a task that have not ended, looked for behind those that have. */
  private TreeSet<Integer> openBefore(int task) {
    TreeSet<Integer> open = new TreeSet<>();
    BitSet seen = new BitSet();
    ArrayDeque<Integer> behind = new ArrayDeque<>(List.of(task));
    while (!behind.isEmpty()) {
      ScheduledTask scheduled = model().tasks().get(behind.remove());
      for (List<Integer> predecessors : List.of(scheduled.needs(), scheduled.after())) {
        for (int predecessor : predecessors) {
          if (!status(predecessor).terminal()) {
            open.add(predecessor);
          } else if (!ledger.settled(predecessor) && !seen.get(predecessor)) {
            seen.set(predecessor);
            behind.add(predecessor);
          }
        }
      }
    }
    return open;
  }

  private WaitReason capacityFor(int task) {
    int number = model().tasks().get(task).familiar();
    FamiliarCap familiar = model().familiars().get(number);
    WaitReason instance = new WaitReason.Instance(familiar.name(), familiar.instances());
    if (inFlight() >= model().maxParallel()) {
      return new WaitReason.Slot(model().maxParallel());
    }
    if (!ledger.slots().instanceFree(number)) {
      return instance;
    }
    return ledger.slots()
        .lacking(task)
        .<WaitReason>map(lacking -> new WaitReason.Resource(lacking.name(), lacking.capacity()))
        .or(() -> ledger.rates().wait(number))
        .or(() -> ledger.holds().reason(task))
        .orElse(instance);
  }
}
