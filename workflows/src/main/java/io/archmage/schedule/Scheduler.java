package io.archmage.schedule;

import io.archmage.plan.ConflictPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The one scheduler of all patterns, of the durable workflows and of the dry run. It is a list
 * scheduler: whenever a slot is free and a task could take it, the first such task in the model's
 * order is dispatched, unless it leaves the slot to one that is about to start. Limits over time
 * are sliding windows, in which an attempt counts from its dispatch on and, once it has told, from
 * when its process started.
 */
public final class Scheduler {
  private final ScheduleLedger ledger;
  private final List<Decision> decisions = new ArrayList<>();

  private Scheduler(ScheduleLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Applies an event; deterministic, without side effects.
   *
   * <p>An event that does not fit the task's state, such as a repeated or a late one, changes
   * nothing. A {@link SchedulerEvent.TimeReached} that comes too early repeats the wait. Attempts
   * that end otherwise than well while the run is being cancelled, or ends at a failure, end their
   * task as cancelled.
   *
   * @throws IllegalArgumentException if the event's task index is out of range
   * @throws IllegalStateException if the run has not begun and the event is not {@link
   *     SchedulerEvent.RunStarted}
   */
  public static Transition next(ScheduleState state, SchedulerEvent event) {
    return next(state, List.of(event));
  }

  /**
   * Applies events that came together, in order, and only then hands out slots once: a task that
   * one of them readies is weighed against all others before any slot is given away.
   *
   * @throws IllegalArgumentException as for a single event
   * @throws IllegalStateException as for a single event
   */
  public static Transition next(ScheduleState state, List<SchedulerEvent> events) {
    Scheduler scheduler = new Scheduler(state.ledger().copy());
    events.forEach(scheduler::apply);
    return scheduler.decide();
  }

  private Transition decide() {
    if (ledger.started() && !ledger.completed()) {
      weighLosses();
      if (ledger.rollbacks().underWay().isEmpty()) {
        allocate();
        if (ledger.allEnded()) {
          ledger.complete();
          decisions.add(new Decision.Complete());
        }
      }
    }
    return new Transition(new ScheduleState(ledger), decisions);
  }

  /** One rollback at a time, and none once the run is being cancelled. */
  private void weighLosses() {
    if (ledger.rollbacks().underWay().isEmpty()
        && !ledger.cancelling()
        && ledger.rollbacks().takeLosses()) {
      FailedChain.next(ledger).ifPresent(decisions::add);
    }
  }

  private void allocate() {
    boolean quiet = ledger.count(TaskStatus.RUNNING) == 0;
    int stage = ledger.stage();
    List<Decision> starts = new ArrayList<>();
    new SlotAllocation(ledger, starts).run();
    int attempts = ledger.count(TaskStatus.RUNNING);
    if (quiet && ledger.rollbacks().checkpoints(stage, attempts)) {
      decisions.add(new Decision.Checkpoint(ledger.index().stageNumber(stage)));
    }
    decisions.addAll(starts);
  }

  private void apply(SchedulerEvent event) {
    if (!ledger.started() && !(event instanceof SchedulerEvent.RunStarted)) {
      throw new IllegalStateException("the first event must be RunStarted, not " + event);
    }
    ledger.rates().advance(event.at());
    ledger.holds().advance(event.at());
    switch (event) {
      case SchedulerEvent.RunStarted e -> start();
      case SchedulerEvent.AttemptSucceeded e -> attemptSucceeded(checked(e.task()));
      case SchedulerEvent.AttemptFailed e ->
        attemptFailed(checked(e.task()), e.retryable(), e.at());
      case SchedulerEvent.AttemptDeferred e -> attemptDeferred(checked(e.task()), e.until());
      case SchedulerEvent.AttemptUsed e ->
        ledger.rates().settle(ledger.index().task(checked(e.task())).familiar(), e);
      case SchedulerEvent.AttemptCancelled e -> attemptCancelled(checked(e.task()));
      case SchedulerEvent.Integrated e -> integrated(checked(e.task()));
      case SchedulerEvent.Conflicted e -> conflicted(checked(e.task()), e.serial(), e.asks());
      case SchedulerEvent.StartBlocked e -> startBlocked(checked(e.task()));
      case SchedulerEvent.IntegrationFailed e -> integrationFailed(checked(e.task()));
      case SchedulerEvent.RolledBack e -> rollbackEnded(e.number(), true);
      case SchedulerEvent.RollbackStopped e -> rollbackEnded(e.number(), false);
      case SchedulerEvent.TimeReached e -> timeReached(checked(e.task()), e.at());
      case SchedulerEvent.RateReached e -> ledger.rates().wake().came(e.until());
      case SchedulerEvent.HoldReached e -> ledger.holds().wake().came(e.until());
      case SchedulerEvent.PersonResolved e -> personResolved(checked(e.task()));
      case SchedulerEvent.PersonRetries e -> personRetries(checked(e.task()));
      case SchedulerEvent.PersonSkips e -> personSkips(checked(e.task()));
      case SchedulerEvent.PersonRejects e -> personRejects(checked(e.task()));
      case SchedulerEvent.CancelRequested e -> cancel();
    }
  }

  private int checked(int task) {
    if (task < 0 || task >= ledger.index().size()) {
      throw new IllegalArgumentException(
          "task " + task + " of " + ledger.index().size() + " does not exist");
    }
    return task;
  }

  private void start() {
    if (!ledger.started()) {
      ledger.start();
    }
  }

  private void attemptSucceeded(int task) {
    if (ledger.attemptInFlight(task)) {
      ledger.release(task);
      ledger.integrate(task);
      decisions.add(new Decision.Integrate(task, ledger.attempts(task)));
    }
  }

  private void attemptFailed(int task, boolean retryable, Instant at) {
    if (!ledger.attemptInFlight(task)) {
      return;
    }
    ledger.release(task);
    RetryRule rule = ledger.index().model().retry();
    int failures = ledger.countFailure(task);
    if (ledger.stopping()) {
      ledger.end(task, TaskStatus.CANCELLED);
    } else if (retryable && failures <= rule.maxRetries()) {
      waitUntil(task, at.plus(rule.delayBefore(failures)));
    } else {
      failOrAsk(task);
    }
  }

  private void attemptDeferred(int task, Instant until) {
    if (!ledger.attemptInFlight(task)) {
      return;
    }
    ledger.release(task);
    if (ledger.stopping()) {
      ledger.end(task, TaskStatus.CANCELLED);
    } else {
      waitUntil(task, until);
    }
  }

  private void attemptCancelled(int task) {
    if (ledger.attemptInFlight(task)) {
      ledger.release(task);
      ledger.end(task, TaskStatus.CANCELLED);
      skipDependents(task);
    }
  }

  private void integrated(int task) {
    if (ledger.integrating(task)) {
      ledger.end(task, TaskStatus.SUCCEEDED);
    }
  }

  private void conflicted(int task, boolean serial, boolean mustAsk) {
    if (!ledger.integrating(task)) {
      return;
    }
    if (ledger.stopping()) {
      ledger.end(task, TaskStatus.CANCELLED);
      return;
    }
    boolean again = ledger.conflicted(task);
    ledger.markConflict(task);
    boolean asks =
        mustAsk || person().conflicts() == ConflictPolicy.ASK && (again || !serial);
    if (ledger.decided(task) || asks) {
      ask(task);
    } else if (again) {
      failOrAsk(task);
    } else {
      ledger.makeReady(task);
    }
  }

  private void startBlocked(int task) {
    if (!ledger.attemptInFlight(task)) {
      return;
    }
    ledger.release(task);
    if (ledger.stopping()) {
      ledger.end(task, TaskStatus.CANCELLED);
    } else {
      ask(task);
    }
  }

  private void integrationFailed(int task) {
    if (!ledger.integrating(task)) {
      return;
    }
    if (ledger.stopping()) {
      ledger.end(task, TaskStatus.CANCELLED);
    } else if (ledger.decided(task)) {
      ask(task);
    } else {
      failOrAsk(task);
    }
  }

  private void rollbackEnded(int number, boolean undone) {
    Optional<Decision.Rollback> ended = ledger.rollbacks().end(number, undone);
    if (undone && ended.isPresent()) {
      ended.get().tasks().forEach(task -> ledger.undo(task, ended.get().because()));
    }
  }

  private void personResolved(int task) {
    if (awaits(task)) {
      ledger.decide(task);
      decisions.add(new Decision.Integrate(task, ledger.attempts(task)));
    }
  }

  private void personRetries(int task) {
    if (awaits(task)) {
      ledger.forgetFailures(task);
      ledger.makeReady(task);
    }
  }

  private void personSkips(int task) {
    if (awaits(task)) {
      ledger.skip(task);
      decisions.add(new Decision.Skip(task, task));
      skipDependents(task);
    }
  }

  private void personRejects(int task) {
    if (awaits(task)) {
      fail(task);
    }
  }

  private boolean awaits(int task) {
    return ledger.status(task) == TaskStatus.AWAITING_PERSON;
  }

  private PersonRule person() {
    return ledger.index().model().person();
  }

  private void failOrAsk(int task) {
    if (person().escalate()) {
      ask(task);
    } else {
      fail(task);
    }
  }

  private void ask(int task) {
    ledger.awaitPerson(task);
    decisions.add(new Decision.AskPerson(task));
  }

  private void timeReached(int task, Instant at) {
    if (ledger.status(task) != TaskStatus.WAITING) {
      return;
    }
    if (at.isBefore(ledger.wakeAt(task))) {
      decisions.add(new Decision.WaitUntil(task, ledger.wakeAt(task)));
    } else {
      ledger.makeReady(task);
    }
  }

  private void cancel() {
    if (ledger.cancelling()) {
      return;
    }
    boolean stopped = ledger.stopping();
    ledger.cancel();
    if (!stopped) {
      cancelAttempts();
    }
  }

  private void cancelAttempts() {
    for (int task = 0; task < ledger.index().size(); task++) {
      if (ledger.attemptInFlight(task)) {
        decisions.add(new Decision.CancelAttempt(task));
      }
    }
  }

  /** Rounds up to milliseconds, the step of a workflow's clock, lest the timer come too early. */
  static Instant wholeMillis(Instant at) {
    Instant floor = at.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(at) ? at : floor.plusMillis(1);
  }

  private void waitUntil(int task, Instant at) {
    Instant wakeAt = wholeMillis(at);
    ledger.waitUntil(task, wakeAt);
    decisions.add(new Decision.WaitUntil(task, wakeAt));
  }

  private void fail(int task) {
    ledger.end(task, TaskStatus.FAILED);
    decisions.add(new Decision.Fail(task));
    skipDependents(task);
    if (ledger.index().model().failFast() && !ledger.stopping()) {
      ledger
          .stop(task)
          .stream()
          .forEach(skipped -> decisions.add(new Decision.Skip(skipped, task)));
      cancelAttempts();
    }
  }

  private void skipDependents(int root) {
    BitSet doomed = new BitSet();
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      for (int dependent : ledger.index().neededBy(open.remove())) {
        if (!doomed.get(dependent) && !ledger.status(dependent).terminal()) {
          doomed.set(dependent);
          open.add(dependent);
        }
      }
    }
    doomed.stream().forEach(task -> ledger.end(task, TaskStatus.SKIPPED));
    doomed.stream()
        .forEach(task -> decisions.add(new Decision.Skip(task, ledger.explainSkip(task))));
  }
}
