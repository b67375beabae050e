package io.archmage.durable;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.FailureTypes;
import io.archmage.contract.FamiliarActivities;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.SharedRun;
import io.archmage.contract.Usage;
import io.archmage.schedule.Decision;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.TaskStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs attempts as activities and tells what becomes of them. */
final class AttemptRunner {

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private final Consumer<SchedulerEvent> events;
  private final SortedMap<Integer, CancellationScope> running = new TreeMap<>();

  AttemptRunner(
      OpenedRun opened, PreparedPlan plan, RunLedger ledger, Consumer<SchedulerEvent> events) {
    this.opened = opened;
    this.plan = plan;
    this.ledger = ledger;
    this.events = events;
  }

  void start(Decision.Dispatch dispatch) {
    TaskRecord record = ledger.record(dispatch.task());
    PreparedTask task = record.task;
    String summary = task.id() + " · " + record.familiar + " · attempt " + dispatch.attempt();
    InvokeRequest request = request(record, dispatch);
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> invoke(request, record, summary)
                .handle((result, failure) -> ended(dispatch, result, failure)));
    running.put(dispatch.task(), scope);
    scope.run();
  }

  private Promise<AttemptResult> invoke(
      InvokeRequest request, TaskRecord record, String summary) {
    SharedRun shared = opened.shared();
    if (shared != null) {
      return new AttemptOnHosts(opened, shared).invoke(request, record.silentAttempt, summary);
    }
    FamiliarActivities host =
        Workflow.newActivityStub(
            FamiliarActivities.class,
            ActivityPolicies.attempt(
                opened.hostQueue(), summary, Duration.ofMillis(request.timeoutMs())));
    return Async.function(host::invokeFamiliar, request);
  }

  /** Asks the running attempt of the task to stop; its end is told as an event. */
  void cancel(int task) {
    CancellationScope scope = running.get(task);
    if (scope != null) {
      scope.cancel(String.valueOf(StopText.of(ledger)));
    }
  }

  private InvokeRequest request(TaskRecord record, Decision.Dispatch dispatch) {
    PreparedTask task = record.task;
    return new InvokeRequest(
        plan.run(),
        opened.repository(),
        plan.planId(),
        task.id(),
        record.familiar,
        dispatch.attempt(),
        Objects.requireNonNull(record.base),
        dispatch.rerun() ? record.because : null,
        task.timeoutMs(),
        task.stallMs(),
        task.readOnly(),
        inputAttempts(task));
  }

  /** Nothing runs again after it succeeded, so the attempt that did is the last one dispatched. */
  private SortedMap<String, Integer> inputAttempts(PreparedTask task) {
    SortedMap<String, Integer> attempts = new TreeMap<>();
    for (int needed : task.needs()) {
      boolean succeeded = ledger.state().status(needed) == TaskStatus.SUCCEEDED;
      int attempt = succeeded ? ledger.state().attempts(needed) : 0;
      if (attempt != 1) {
        attempts.put(ledger.record(needed).task.id(), attempt);
      }
    }
    return attempts;
  }

  private @Nullable Void ended(
      Decision.Dispatch dispatch,
      @Nullable AttemptResult result,
      @Nullable RuntimeException failure) {
    int task = dispatch.task();
    running.remove(task);
    String stop = StopText.of(ledger);
    TaskRecord record = ledger.record(task);
    Instant now = Clocks.now();
    if (result != null) {
      record.succeeded(result, now);
      ledger.tell(now, "task_finished", record.task.id(), record.familiar + " ended well");
      events.accept(used(task, result.startedAt(), result.usage(), now));
      events.accept(new SchedulerEvent.AttemptSucceeded(task, now));
      return null;
    }
    AttemptFailure details = details(failure);
    if (details != null) {
      record.failed(details, now);
      if (details.kind() == AttemptFailure.Kind.CANCELLED && stop != null) {
        record.because = stop;
      }
      ledger.tell(now, "attempt_failed", record.task.id(), String.valueOf(record.because));
      events.accept(used(task, details.startedAt(), details.usage(), now));
      events.accept(event(task, details, now));
    } else if (isCancellation(failure)) {
      record.lost(stop == null ? StopText.CANCELLED : stop, now);
      events.accept(new SchedulerEvent.AttemptCancelled(task, now));
    } else if (AttemptOnHosts.isSilence(failure)) {
      record.lost(Failures.reason(failure), now);
      record.silentAttempt = dispatch.attempt();
      ledger.tell(now, "attempt_failed", record.task.id(), Failures.reason(failure));
      events.accept(new SchedulerEvent.AttemptFailed(task, true, now));
    } else {
      record.lost(Failures.reason(failure), now);
      ledger.tell(now, "attempt_failed", record.task.id(), Failures.reason(failure));
      events.accept(new SchedulerEvent.AttemptFailed(task, false, now));
    }
    return null;
  }

  private static SchedulerEvent used(
      int task, @Nullable Instant startedAt, Usage usage, Instant now) {
    return new SchedulerEvent.AttemptUsed(
        task, startedAt, usage.apiCalls(), usage.tokens(), now);
  }

  private static SchedulerEvent event(int task, AttemptFailure details, Instant now) {
    return switch (details.kind()) {
      case CANCELLED -> new SchedulerEvent.AttemptCancelled(task, now);
      case TRY_LATER ->
        new SchedulerEvent.AttemptDeferred(
            task, details.retryAt() == null ? now : details.retryAt(), now);
      case EXIT, SIGNAL, TIMEOUT, STALL, LOST, OUTPUT_LIMIT, UNAVAILABLE, INVALID_RESULT ->
        new SchedulerEvent.AttemptFailed(task, details.kind().retryable(), now);
    };
  }

  private static @Nullable AttemptFailure details(@Nullable RuntimeException failure) {
    if (failure instanceof ActivityFailure
        && failure.getCause() instanceof ApplicationFailure cause
        && FailureTypes.FAMILIAR.equals(cause.getType())) {
      return cause.getDetails().get(0, AttemptFailure.class);
    }
    return null;
  }

  private static boolean isCancellation(@Nullable RuntimeException failure) {
    return failure instanceof CanceledFailure
        || (failure instanceof ActivityFailure && failure.getCause() instanceof CanceledFailure);
  }
}
