package io.archmage.durable;

import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.plan.FamiliarName;
import io.archmage.schedule.Decision;
import io.archmage.schedule.Scheduler;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.Transition;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Feeds what happens to the scheduler and carries out what it decides, until all tasks ended. */
final class RunLoop {

  private final RunLedger ledger;
  private final RunViews views;
  private final AttemptRunner attempts;
  private final MergeQueue merges;
  private final GroupStarts starts;
  private final GroupMerges groupMerges;
  private final Rollbacks rollbacks;
  private final Checkpoints checkpoints;
  private final WakeTimer rateTimer;
  private final WakeTimer holdTimer;
  private final PersonDesk people;
  private final Deque<SchedulerEvent> happened = new ArrayDeque<>();
  private final SortedMap<Integer, CancellationScope> timers = new TreeMap<>();
  private boolean complete;

  RunLoop(OpenedRun opened, PreparedPlan plan, RunLedger ledger, RunViews views) {
    this.ledger = ledger;
    this.views = views;
    attempts = new AttemptRunner(opened, plan, ledger, happened::addLast);
    HeadQueue heads = new HeadQueue();
    merges = new MergeQueue(opened, plan, ledger, heads, happened::addLast);
    starts = new GroupStarts(opened, plan, ledger, heads, happened::addLast);
    groupMerges = new GroupMerges(opened, plan, ledger, heads, happened::addLast);
    rollbacks = new Rollbacks(opened, plan, ledger, heads, happened::addLast);
    checkpoints = new Checkpoints(opened, plan, ledger);
    rateTimer = new WakeTimer(SchedulerEvent.RateReached::new, happened::addLast);
    holdTimer = new WakeTimer(SchedulerEvent.HoldReached::new, happened::addLast);
    people = new PersonDesk(opened, plan, ledger);
    // Before anything else, even a cancel that came while the plan was being prepared.
    happened.addLast(new SchedulerEvent.RunStarted(Clocks.now()));
  }

  /** Takes in what happened outside of the run's own activities. */
  void happened(SchedulerEvent event) {
    happened.addLast(event);
  }

  /** Called when somebody asks for the run to be cancelled; returns its argument. */
  String cancelRequested(String reason) {
    happened.addLast(new SchedulerEvent.CancelRequested(Clocks.now()));
    return reason;
  }

  void run() {
    while (!complete) {
      Workflow.await(() -> !happened.isEmpty());
      while (!happened.isEmpty()) {
        List<SchedulerEvent> together = List.copyOf(happened);
        happened.clear();
        apply(together);
      }
      starts.goOn();
      people.note();
      views.refresh();
    }
    List.copyOf(timers.values()).forEach(CancellationScope::cancel);
    rateTimer.stop();
    holdTimer.stop();
    groupMerges.finish();
    checkpoints.await();
  }

  /** What arrived together is decided on together: a merge may free what a freed slot can take. */
  private void apply(List<SchedulerEvent> events) {
    for (SchedulerEvent event : events) {
      if (event instanceof SchedulerEvent.CancelRequested && !ledger.isCancelRequested()) {
        ledger.cancelIsRequested();
        ledger.tell(event.at(), "cancel_requested", null, "the run is being cancelled");
      }
    }
    Transition transition = Scheduler.next(ledger.state(), events);
    ledger.advance(transition.state(), events.getLast().at());
    for (Decision decision : transition.decisions()) {
      carryOut(decision);
    }
  }

  private void carryOut(Decision decision) {
    switch (decision) {
      case Decision.Dispatch dispatch -> dispatch(dispatch);
      case Decision.Integrate integrate -> {
        if (ledger.isMerge(integrate.task())) {
          groupMerges.add(integrate.task());
        } else {
          merges.add(integrate.task(), integrate.attempt());
        }
      }
      case Decision.WaitUntil wait -> startTimer(wait);
      case Decision.WaitForRate wait ->
        rateTimer.set(wait.at(), WaitText.of(wait.limit()) + ": " + id(wait.task()));
      case Decision.WaitForHold wait ->
        holdTimer.set(wait.at(), WaitText.held(id(wait.heldFor())) + ": " + id(wait.task()));
      case Decision.Fail fail -> {
        TaskRecord record = ledger.record(fail.task());
        ledger.tell(
            Clocks.now(), "task_failed", record.task.id(), String.valueOf(record.because));
      }
      case Decision.Skip skip -> skip(skip);
      case Decision.CancelAttempt cancel -> {
        if (!starts.cancel(cancel.task())) {
          attempts.cancel(cancel.task());
        }
      }
      case Decision.Checkpoint checkpoint -> checkpoints.record(checkpoint.stage());
      case Decision.Rollback rollback -> rollbacks.start(rollback);
      case Decision.AskPerson ask -> people.ask(ask.task());
      case Decision.Complete done -> complete = true;
    }
  }

  private String id(int task) {
    return ledger.record(task).task.id();
  }

  private void dispatch(Decision.Dispatch dispatch) {
    TaskRecord record = ledger.record(dispatch.task());
    Instant now = Clocks.now();
    record.dispatched(now, ledger.headFor(record), dispatch.rerun());
    if (record.familiar.equals(FamiliarName.ARCHMAGE.value())) {
      starts.start(dispatch.task(), () -> ownStep(dispatch.task()));
      return;
    }
    ledger.takeSlot(dispatch.task());
    ledger.tell(
        now,
        dispatch.attempt() == 1 ? "task_started" : "task_retried",
        record.task.id(),
        record.familiar + ", attempt " + dispatch.attempt());
    starts.start(dispatch.task(), () -> attempts.start(dispatch));
  }

  private void ownStep(int task) {
    Instant now = Clocks.now();
    ledger.record(task).succeeded(OwnStep.result(now), now);
    happened.addLast(new SchedulerEvent.AttemptSucceeded(task, now));
  }

  private void startTimer(Decision.WaitUntil wait) {
    String id = id(wait.task());
    ledger.tell(Clocks.now(), "task_waiting", id, "next attempt at " + wait.at());
    CancellationScope scope =
        Timers.at(wait.at(), "retry " + id, cancelled -> timerEnded(wait.task(), cancelled));
    timers.put(wait.task(), scope);
    scope.run();
  }

  private void timerEnded(int task, boolean cancelled) {
    timers.remove(task);
    if (!cancelled) {
      happened.addLast(new SchedulerEvent.TimeReached(task, Clocks.now()));
    }
  }

  private void skip(Decision.Skip skip) {
    TaskRecord record = ledger.record(skip.task());
    if (ledger.isMerge(skip.task())) {
      if (skip.because() == skip.task()) {
        groupMerges.left(skip.task());
      }
      return;
    }
    String other = id(skip.because());
    record.because = whySkipped(skip, record, other);
    ledger.tell(Clocks.now(), "task_skipped", record.task.id(), record.because);
  }

  private String whySkipped(Decision.Skip skip, TaskRecord record, String other) {
    if (skip.because() == skip.task()) {
      return "a person skipped it" + (record.because == null ? "" : "; " + record.because);
    }
    return ledger.state().model().tasks().get(skip.task()).needs().contains(skip.because())
        ? "needs " + other + ", which " + ended(skip.because())
        : StopText.firstFailure(other);
  }

  private String ended(int task) {
    return switch (ledger.state().status(task)) {
      case FAILED -> "failed";
      case SKIPPED -> "was skipped";
      case ROLLED_BACK -> "was undone";
      case CANCELLED -> "was cancelled";
      case BLOCKED, READY, WAITING, AWAITING_PERSON, RUNNING, SUCCEEDED -> "did not run";
    };
  }
}
