package io.archmage.schedule;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * The numbers behind a state. It is written to while one transition is made and never after; a copy
 * shares whatever it does not change.
 */
final class ScheduleLedger {
  private static final TaskStatus[] STATUSES = TaskStatus.values();

  private final ScheduleIndex index;
  private final IntColumn statuses;
  private final IntColumn attempts;
  private final IntColumn failures;
  private final IntColumn lostBecause;
  private final IntColumn openPredecessors;
  private final IntColumn unsettledPredecessors;
  private final IntColumn openInStage;
  private final SlotLedger slots;
  private final IntColumn counts;
  private final BitSet integrating;
  private final BitSet conflicted;
  private final BitSet decided;
  private final ReadyQueues ready;
  private final RateLedger rates;
  private final RollbackLedger rollbacks;
  private final HoldLedger holds;
  private Instant[] wakeAt;
  private boolean ownedWakeAt;
  private int stage;
  private boolean started;
  private boolean cancelling;
  private boolean completed;
  private OptionalInt stoppedBy = OptionalInt.empty();

  /** The ledger of a run that has not begun. */
  ScheduleLedger(ScheduleIndex index) {
    this.index = index;
    int size = index.size();
    statuses = IntColumn.of(new int[size]);
    attempts = IntColumn.of(new int[size]);
    failures = IntColumn.of(new int[size]);
    lostBecause = IntColumn.of(new int[size]);
    openPredecessors = IntColumn.of(new int[size]);
    unsettledPredecessors = IntColumn.of(new int[size]);
    openInStage = IntColumn.of(new int[index.stageCount()]);
    for (int task = 0; task < size; task++) {
      ScheduledTask scheduled = index.task(task);
      int predecessors = scheduled.needs().size() + scheduled.after().size();
      openPredecessors.set(task, predecessors);
      unsettledPredecessors.set(task, predecessors);
      openInStage.add(index.stage(task), 1);
    }
    slots = new SlotLedger(index);
    counts = IntColumn.of(new int[STATUSES.length]);
    counts.set(TaskStatus.BLOCKED.ordinal(), size);
    integrating = new BitSet();
    conflicted = new BitSet();
    decided = new BitSet();
    ready = ReadyQueues.empty(index);
    rates = new RateLedger(index.model());
    rollbacks = new RollbackLedger(index.model());
    holds = new HoldLedger(index);
    wakeAt = new Instant[size];
    ownedWakeAt = true;
  }

  private ScheduleLedger(ScheduleLedger other) {
    index = other.index;
    statuses = other.statuses.copy();
    attempts = other.attempts.copy();
    failures = other.failures.copy();
    lostBecause = other.lostBecause.copy();
    openPredecessors = other.openPredecessors.copy();
    unsettledPredecessors = other.unsettledPredecessors.copy();
    openInStage = other.openInStage.copy();
    slots = other.slots.copy();
    counts = other.counts.copy();
    integrating = (BitSet) other.integrating.clone();
    conflicted = (BitSet) other.conflicted.clone();
    decided = (BitSet) other.decided.clone();
    ready = other.ready.copy();
    rates = other.rates.copy();
    rollbacks = other.rollbacks.copy();
    holds = other.holds.copy();
    wakeAt = other.wakeAt;
    stage = other.stage;
    started = other.started;
    cancelling = other.cancelling;
    completed = other.completed;
    stoppedBy = other.stoppedBy;
  }

  /** A ledger to write the next state into. */
  ScheduleLedger copy() {
    return new ScheduleLedger(this);
  }

  ScheduleIndex index() {
    return index;
  }

  TaskStatus status(int task) {
    return STATUSES[statuses.get(task)];
  }

  /**
   * Whether the task has ended and every task before it has settled: only then do those after it go
   * on. A task that ran has settled when it ends; one that never ran may end long before that.
   */
  boolean settled(int task) {
    return status(task).terminal() && unsettledPredecessors.get(task) == 0;
  }

  /** Whether the task has ended without success, or its success was undone. */
  boolean lost(int task) {
    return status(task).terminal() && status(task) != TaskStatus.SUCCEEDED;
  }

  int attempts(int task) {
    return attempts.get(task);
  }

  Instant wakeAt(int task) {
    return wakeAt[task];
  }

  SlotLedger slots() {
    return slots;
  }

  ReadyQueues ready() {
    return ready;
  }

  HoldLedger holds() {
    return holds;
  }

  int count(TaskStatus status) {
    return counts.get(status.ordinal());
  }

  /** The earliest stage with a task that has not ended; the last one if there is none. */
  int stage() {
    return stage;
  }

  boolean started() {
    return started;
  }

  boolean cancelling() {
    return cancelling;
  }

  boolean completed() {
    return completed;
  }

  /** The task whose failure ended the run early, if one did. */
  OptionalInt stoppedBy() {
    return stoppedBy;
  }

  /** Whether nothing is to start any more. */
  boolean stopping() {
    return cancelling || stoppedBy.isPresent();
  }

  RateLedger rates() {
    return rates;
  }

  RollbackLedger rollbacks() {
    return rollbacks;
  }

  void complete() {
    completed = true;
  }

  boolean allEnded() {
    int open = 0;
    for (TaskStatus status : STATUSES) {
      open += status.terminal() ? 0 : count(status);
    }
    return open == 0;
  }

  /** Whether an attempt of the task holds a slot. */
  boolean attemptInFlight(int task) {
    return status(task) == TaskStatus.RUNNING && !integrating.get(task);
  }

  boolean integrating(int task) {
    return integrating.get(task);
  }

  /** Whether the task's work has conflicted before. */
  boolean conflicted(int task) {
    return conflicted.get(task);
  }

  /** Whether the task's work is being integrated as a person decided. */
  boolean decided(int task) {
    return decided.get(task);
  }

  /** The task that a skipped or undone task is so for; meaningless for others. */
  int lostBecause(int task) {
    return lostBecause.get(task);
  }

  /** Records the lowest task that the task needs and that ended without success; returns it. */
  int explainSkip(int task) {
    int because =
        index.task(task)
            .needs()
            .stream()
            .filter(this::lost)
            .mapToInt(Integer::intValue)
            .min()
            .orElseThrow();
    lostBecause.set(task, because);
    return because;
  }

  /** Ends the task because a person skipped it. */
  void skip(int task) {
    lostBecause.set(task, task);
    end(task, TaskStatus.SKIPPED);
  }

  /** Opens the first stage. */
  void start() {
    started = true;
    if (index.stageCount() > 0) {
      openStage();
    }
  }

  /** Whether another attempt may be under way. */
  boolean slotFree() {
    return !stopping() && slots.slotFree();
  }

  /** Gives a ready task a slot, an instance and its share of resources. */
  Decision.Dispatch dispatch(int task) {
    int familiar = index.task(task).familiar();
    ready.remove(task);
    move(task, TaskStatus.RUNNING);
    slots.take(task);
    rates.start(task, familiar);
    holds.start(task);
    return new Decision.Dispatch(task, attempts.add(task, 1), conflicted.get(task));
  }

  /** Frees what the attempt under way held. */
  void release(int task) {
    slots.free(task);
    rates.end(task);
  }

  /** Keeps the task running without a slot until its work is integrated. */
  void integrate(int task) {
    integrating.set(task);
    holds.merge(task);
  }

  /** Counts a failure and returns how many there are. */
  int countFailure(int task) {
    return failures.add(task, 1);
  }

  /** From now on no failure of the task counts that was before. */
  void forgetFailures(int task) {
    failures.set(task, 0);
  }

  /** Lets the task wait for a person, without a slot. */
  void awaitPerson(int task) {
    leaveIntegration(task);
    move(task, TaskStatus.AWAITING_PERSON);
  }

  /** Goes on with the integration of the task as a person decided, without a slot. */
  void decide(int task) {
    integrating.set(task);
    decided.set(task);
    move(task, TaskStatus.RUNNING);
  }

  void markConflict(int task) {
    conflicted.set(task);
  }

  void waitUntil(int task, Instant at) {
    if (!ownedWakeAt) {
      wakeAt = wakeAt.clone();
      ownedWakeAt = true;
    }
    wakeAt[task] = at;
    move(task, TaskStatus.WAITING);
  }

  void makeReady(int task) {
    leaveIntegration(task);
    move(task, TaskStatus.READY);
    ready.add(task);
  }

  /** Ends the task and readies whatever waited for that alone. */
  void end(int task, TaskStatus terminal) {
    leaveIntegration(task);
    holds.end(task);
    move(task, terminal);
    if (terminal == TaskStatus.SUCCEEDED) {
      rollbacks.succeeded(task, Arrays.stream(index.neededBy(task)).anyMatch(this::lost));
    } else {
      rollbacks.lost();
    }
    if (settled(task)) {
      settle(task);
    }
    openInStage.add(index.stage(task), -1);
    while (openInStage.get(stage) == 0 && stage + 1 < index.stageCount()) {
      stage++;
      openStage();
    }
  }

  /** Takes back the success of a task; nothing waits for it any more. */
  void undo(int task, int because) {
    lostBecause.set(task, because);
    move(task, TaskStatus.ROLLED_BACK);
  }

  /** Ends every task that is not running as cancelled; from now on nothing is dispatched. */
  void cancel() {
    cancelling = true;
    endIdle(TaskStatus.CANCELLED);
  }

  /** Ends every task that is not running as skipped for that one, and returns them. */
  BitSet stop(int because) {
    stoppedBy = OptionalInt.of(because);
    BitSet skipped = endIdle(TaskStatus.SKIPPED);
    skipped.stream().forEach(task -> lostBecause.set(task, because));
    return skipped;
  }

  private BitSet endIdle(TaskStatus terminal) {
    BitSet idle = new BitSet();
    for (int task = 0; task < index.size(); task++) {
      if (!status(task).terminal() && status(task) != TaskStatus.RUNNING) {
        end(task, terminal);
        idle.set(task);
      }
    }
    return idle;
  }

  /** Tells the successors of a settled task and of all that settle with it; each task once. */
  private void settle(int first) {
    ArrayDeque<Integer> settling = new ArrayDeque<>(List.of(first));
    while (!settling.isEmpty()) {
      int task = settling.remove();
      for (int successor : index.followedBy(task)) {
        predecessorSettled(successor, true, settling);
      }
      for (int successor : index.neededBy(task)) {
        predecessorSettled(successor, status(task) == TaskStatus.SUCCEEDED, settling);
      }
    }
  }

  private void predecessorSettled(int task, boolean satisfied, ArrayDeque<Integer> settling) {
    unsettledPredecessors.add(task, -1);
    if (satisfied) {
      openPredecessors.add(task, -1);
      readyIfOpen(task);
    }
    if (settled(task)) {
      settling.add(task);
    }
  }

  private void openStage() {
    for (int task : index.stageTasks(stage)) {
      readyIfOpen(task);
    }
  }

  private void readyIfOpen(int task) {
    if (status(task) == TaskStatus.BLOCKED
        && openPredecessors.get(task) == 0
        && index.stage(task) <= stage) {
      makeReady(task);
    }
  }

  private void leaveIntegration(int task) {
    integrating.clear(task);
    decided.clear(task);
  }

  private void move(int task, TaskStatus status) {
    counts.add(statuses.get(task), -1);
    counts.add(status.ordinal(), 1);
    statuses.set(task, status.ordinal());
  }
}
