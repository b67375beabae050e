package io.archmage.durable;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.Resolution;
import io.archmage.plan.FamiliarName;
import io.archmage.report.MergeReport;
import io.archmage.report.RunStatus;
import io.archmage.schedule.Decision;
import io.archmage.schedule.ScheduleState;
import io.archmage.schedule.Scheduler;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.Transition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link RunLoop}, {@link AttemptRunner}, {@link MergeQueue} and {@link RunEnding} without the
 * engine: what arrives in one workflow task goes in, the commands of that task come out. The ledger,
 * its records, the scheduler and the outcome are the real ones.
 */
public final class ShellModel {

  /** What a workflow task tells the workflow. */
  public sealed interface Input {
    /** The plan is prepared. */
    record Begun() implements Input {}

    /** An attempt ended well. */
    record AttemptDone(int task, AttemptResult result) implements Input {}

    /** An attempt ended badly. */
    record AttemptBad(int task, AttemptFailure failure) implements Input {}

    /** The activity of an attempt failed or timed out for good. */
    record AttemptLost(int task) implements Input {}

    /** The activity of an attempt was cancelled before anybody took it. */
    record AttemptCancelled(int task) implements Input {}

    /** A merge was answered. */
    record Merged(int task, int attempt, IntegrationResult result) implements Input {}

    /** The activity of a merge failed for good. */
    record MergeLost(int task, int attempt) implements Input {}

    /** A task's timer fired. */
    record TimerFired(int task) implements Input {}

    /** The timer of the limits over time fired. */
    record RateFired(Instant until) implements Input {}

    /** Somebody wants the run cancelled. */
    record CancelAsked() implements Input {}

    /** A person answered: retry, skip, reject, ours or theirs. */
    record Answered(int task, String how) implements Input {}

    /** Publishing is over, whatever came of it. */
    record PublishEnded() implements Input {}

    /** Closing is over, whatever came of it. */
    record CloseEnded() implements Input {}
  }

  /** What a workflow task asks the engine for. */
  public sealed interface Command {
    /** Run an attempt. */
    record Invoke(int task, InvokeRequest request) implements Command {}

    /** Cancel the activity of an attempt. */
    record CancelInvoke(int task) implements Command {}

    /** Merge an attempt. */
    record Integrate(int task, IntegrateRequest request) implements Command {}

    /** Wake a task. */
    record StartTimer(int task, Instant at) implements Command {}

    /** Wake the run. */
    record StartRateTimer(Instant at) implements Command {}

    /** Ask a person. */
    record Ask(int task) implements Command {}

    /** Publish the run's branch. */
    record Publish(String head) implements Command {}

    /** Close the run. */
    record Close(RunStatus status) implements Command {}

    /** The workflow ends. */
    record Finish(RunStatus status) implements Command {}
  }

  private record Item(int task, int attempt) {}

  private final PreparedPlan plan;
  private final RunLedger ledger;
  private final Deque<SchedulerEvent> happened = new ArrayDeque<>();
  private final Deque<Item> mergesWaiting = new ArrayDeque<>();
  private final SortedMap<Integer, Boolean> running = new TreeMap<>();
  private final List<SchedulerEvent> told = new ArrayList<>();
  private List<Command> commands = new ArrayList<>();
  private List<Decision> decisions = new ArrayList<>();
  private Instant now;
  private @Nullable Instant rateTimer;
  private boolean merging;
  private boolean complete;

  /** A workflow that has its plan and has not begun. */
  public ShellModel(PreparedPlan plan, List<PreparedTask> tasks, Instant now) {
    this.plan = plan;
    this.now = now;
    ledger = new RunLedger(plan, tasks, "/repo", now);
  }

  /** One workflow task: takes everything in, then decides; returns the commands in order. */
  public List<Command> workflowTask(List<Input> inputs, Instant at) {
    now = at;
    commands = new ArrayList<>();
    decisions = new ArrayList<>();
    inputs.forEach(this::take);
    boolean over = complete;
    while (!happened.isEmpty() && !over) {
      List<SchedulerEvent> together = List.copyOf(happened);
      happened.clear();
      apply(together);
    }
    return List.copyOf(commands);
  }

  /** What the scheduler decided in the last workflow task. */
  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** Every event that the scheduler was told so far. */
  public List<SchedulerEvent> told() {
    return List.copyOf(told);
  }

  /** The schedule as it is. */
  public ScheduleState state() {
    return ledger.state();
  }

  /** The run's head as the workflow knows it. */
  public String head() {
    return ledger.head();
  }

  /** The commit of the task's last good attempt, or null. */
  public @Nullable String commit(int task) {
    AttemptResult result = ledger.record(task).result;
    return result == null ? null : result.commit();
  }

  /** The status that the report would have. */
  public RunStatus status() {
    return Outcome.of(ledger);
  }

  private void take(Input input) {
    switch (input) {
      case Input.Begun begun -> happened.addLast(new SchedulerEvent.RunStarted(now));
      case Input.AttemptDone done -> {
        running.remove(done.task());
        ledger.record(done.task()).succeeded(done.result(), now);
        used(done.task(), done.result().startedAt());
        happened.addLast(new SchedulerEvent.AttemptSucceeded(done.task(), now));
      }
      case Input.AttemptBad bad -> {
        running.remove(bad.task());
        ledger.record(bad.task()).failed(bad.failure(), now);
        used(bad.task(), bad.failure().startedAt());
        happened.addLast(event(bad.task(), bad.failure()));
      }
      case Input.AttemptLost lost -> {
        running.remove(lost.task());
        ledger.record(lost.task()).lost("no worker finished it in time", now);
        happened.addLast(new SchedulerEvent.AttemptFailed(lost.task(), false, now));
      }
      case Input.AttemptCancelled cancelled -> {
        running.remove(cancelled.task());
        ledger.record(cancelled.task()).lost("stopped", now);
        happened.addLast(new SchedulerEvent.AttemptCancelled(cancelled.task(), now));
      }
      case Input.Merged merged -> {
        merging = false;
        happened.addLast(merged(merged.task(), merged.result()));
        mergeNext();
      }
      case Input.MergeLost lost -> {
        merging = false;
        happened.addLast(new SchedulerEvent.IntegrationFailed(lost.task(), now));
        mergeNext();
      }
      case Input.TimerFired timer ->
        happened.addLast(new SchedulerEvent.TimeReached(timer.task(), now));
      case Input.RateFired fired -> {
        if (fired.until().equals(rateTimer)) {
          rateTimer = null;
          happened.addLast(new SchedulerEvent.RateReached(fired.until(), now));
        }
      }
      case Input.CancelAsked asked ->
        happened.addLast(new SchedulerEvent.CancelRequested(now));
      case Input.Answered answer -> happened.addLast(answered(answer));
      case Input.PublishEnded ended -> commands.add(new Command.Close(status()));
      case Input.CloseEnded ended -> commands.add(new Command.Finish(status()));
    }
  }

  private void used(int task, @Nullable Instant startedAt) {
    happened.addLast(new SchedulerEvent.AttemptUsed(task, startedAt, 1, 0, now));
  }

  private SchedulerEvent event(int task, AttemptFailure failure) {
    return switch (failure.kind()) {
      case CANCELLED -> new SchedulerEvent.AttemptCancelled(task, now);
      case TRY_LATER ->
        new SchedulerEvent.AttemptDeferred(
            task, failure.retryAt() == null ? now : failure.retryAt(), now);
      case EXIT, SIGNAL, TIMEOUT, STALL, LOST, OUTPUT_LIMIT, UNAVAILABLE, INVALID_RESULT ->
        new SchedulerEvent.AttemptFailed(task, failure.kind().retryable(), now);
    };
  }

  private SchedulerEvent merged(int task, IntegrationResult result) {
    TaskRecord record = ledger.record(task);
    switch (result) {
      case IntegrationResult.Merged merged -> {
        ledger.headIs(merged.head());
        record.integrated(
            new MergeReport("merged", merged.how(), merged.files(), List.of()), now);
        return new SchedulerEvent.Integrated(task, now);
      }
      case IntegrationResult.Conflicted conflict -> {
        record.conflicted(conflict);
        return new SchedulerEvent.Conflicted(task, now, conflict.serial());
      }
      case IntegrationResult.Refused refused -> {
        if (refused.conflict() != null) {
          record.conflicted(refused.conflict());
        }
        return new SchedulerEvent.Conflicted(task, now);
      }
      case IntegrationResult.ProtectedPaths paths -> {
        return new SchedulerEvent.IntegrationFailed(task, now);
      }
    }
  }

  private SchedulerEvent answered(Input.Answered answer) {
    int task = answer.task();
    TaskRecord record = ledger.record(task);
    boolean side =
        answer.how().equals(Resolution.OURS) || answer.how().equals(Resolution.THEIRS);
    if (side && record.conflict != null) {
      record.answer =
          new PendingAnswer(
              answer.how(),
              new Resolution(
                  answer.how(),
                  null,
                  record.conflict.head(),
                  Objects.requireNonNull(record.merge).files()));
      return new SchedulerEvent.PersonResolved(task, now);
    }
    return switch (answer.how()) {
      case "skip" -> new SchedulerEvent.PersonSkips(task, now);
      case "reject" -> new SchedulerEvent.PersonRejects(task, now);
      default -> new SchedulerEvent.PersonRetries(task, now);
    };
  }

  private void apply(List<SchedulerEvent> events) {
    if (events.stream().anyMatch(SchedulerEvent.CancelRequested.class::isInstance)) {
      ledger.cancelIsRequested();
    }
    Transition transition = Scheduler.next(ledger.state(), events);
    told.addAll(events);
    decisions.addAll(transition.decisions());
    ledger.advance(transition.state(), events.getLast().at());
    transition.decisions().forEach(this::carryOut);
  }

  private void carryOut(Decision decision) {
    switch (decision) {
      case Decision.Dispatch dispatch -> dispatch(dispatch);
      case Decision.Integrate integrate -> merge(integrate.task(), integrate.attempt());
      case Decision.WaitUntil wait ->
        commands.add(new Command.StartTimer(wait.task(), wait.at()));
      case Decision.WaitForRate wait -> {
        rateTimer = wait.at();
        commands.add(new Command.StartRateTimer(wait.at()));
      }
      case Decision.WaitForHold wait ->
        throw new IllegalStateException("these runs leave no slot free: " + wait);
      case Decision.Fail fail -> {}
      // Nobody waits for a checkpoint.
      case Decision.Checkpoint checkpoint -> {}
      case Decision.Rollback rollback ->
        throw new IllegalStateException("these runs undo nothing: " + rollback);
      case Decision.Skip skip -> ledger.record(skip.task()).because = "skipped";
      case Decision.CancelAttempt cancel -> {
        if (running.containsKey(cancel.task())) {
          commands.add(new Command.CancelInvoke(cancel.task()));
        }
      }
      case Decision.AskPerson ask -> {
        ledger.record(ask.task()).answer = null;
        commands.add(new Command.Ask(ask.task()));
      }
      case Decision.Complete done -> ended();
    }
  }

  private void dispatch(Decision.Dispatch dispatch) {
    TaskRecord record = ledger.record(dispatch.task());
    record.dispatched(now, ledger.head(), dispatch.rerun());
    if (record.familiar.equals(FamiliarName.ARCHMAGE.value())) {
      record.succeeded(OwnStep.result(now), now);
      happened.addLast(new SchedulerEvent.AttemptSucceeded(dispatch.task(), now));
      return;
    }
    ledger.takeSlot(dispatch.task());
    running.put(dispatch.task(), true);
    PreparedTask task = record.task;
    commands.add(
        new Command.Invoke(
            dispatch.task(),
            new InvokeRequest(
                plan.run(),
                "/repo",
                plan.planId(),
                task.id(),
                record.familiar,
                dispatch.attempt(),
                ledger.head(),
                dispatch.rerun() ? record.because : null,
                task.timeoutMs(),
                task.stallMs(),
                task.readOnly(),
                null)));
  }

  private void merge(int task, int attempt) {
    TaskRecord record = ledger.record(task);
    if (Objects.requireNonNull(record.result).commit() == null) {
      record.integrated(new MergeReport("unchanged", "none", List.of(), List.of()), now);
      happened.addLast(new SchedulerEvent.Integrated(task, now));
      return;
    }
    mergesWaiting.addLast(new Item(task, attempt));
    mergeNext();
  }

  private void mergeNext() {
    if (merging || mergesWaiting.isEmpty()) {
      return;
    }
    merging = true;
    Item item = mergesWaiting.removeFirst();
    TaskRecord record = ledger.record(item.task());
    AttemptResult result = Objects.requireNonNull(record.result);
    commands.add(
        new Command.Integrate(
            item.task(),
            new IntegrateRequest(
                plan.run(),
                "/repo",
                record.task.id(),
                record.task.title(),
                record.familiar,
                item.attempt(),
                Objects.requireNonNull(result.commit()),
                Objects.requireNonNull(record.base),
                ledger.head(),
                record.answer == null ? null : record.answer.resolution,
                null,
                false)));
  }

  private void ended() {
    complete = true;
    RunStatus status = status();
    boolean wanted =
        switch (plan.publish()) {
          case "always" -> status != RunStatus.CANCELLED;
          case "on_success" -> status == RunStatus.COMPLETED;
          default -> false;
        };
    commands.add(
        wanted && !ledger.head().equals(plan.baseCommit())
            ? new Command.Publish(ledger.head())
            : new Command.Close(status));
  }
}
