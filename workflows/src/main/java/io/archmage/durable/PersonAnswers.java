package io.archmage.durable;

import io.archmage.contract.AnswerTaken;
import io.archmage.contract.ConflictAnswer;
import io.archmage.contract.Resolution;
import io.archmage.contract.TaskAnswer;
import io.archmage.report.Question;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.TaskStatus;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes people's answers. A validator and its handler run without a pause between them, so of two
 * answers to one question the second is always rejected.
 */
final class PersonAnswers implements RunUpdates {

  private final AnswerCheck check;
  private @Nullable RunLedger ledger;
  private @Nullable Consumer<SchedulerEvent> events;

  PersonAnswers(String runId) {
    check = new AnswerCheck(runId);
  }

  /** From now on answers are for the tasks of this ledger. */
  void serve(RunLedger value, Consumer<SchedulerEvent> sink) {
    ledger = value;
    events = sink;
  }

  @Override
  public void checkResolve(@Nullable ConflictAnswer answer) {
    check.resolve(ledger, answer);
  }

  @Override
  public AnswerTaken resolve(@Nullable ConflictAnswer answer) {
    ConflictAnswer given = Objects.requireNonNull(answer);
    String how = String.valueOf(given.how());
    if (how.equals(Resolution.RERUN)) {
      return again(given.task(), how);
    }
    int task = index(given.task());
    TaskRecord record = known().record(task);
    Question question = Objects.requireNonNull(record.question);
    PendingAnswer pending =
        new PendingAnswer(
            how,
            new Resolution(
                how,
                given.commit(),
                Objects.requireNonNull(question.ours()).commit(),
                Objects.requireNonNull(record.merge).files()));
    Instant now = take(record, pending);
    happened(new SchedulerEvent.PersonResolved(task, now));
    await(
        () -> status(task).terminal()
            || pending.isOver() && status(task) == TaskStatus.AWAITING_PERSON);
    record.answer = null;
    if (pending.refusal() != null) {
      throw Failures.notAccepted(pending.refusal());
    }
    return taken(task, pending.isOver() ? "merged as you decided (" + how + ")" : null);
  }

  @Override
  public void checkRetry(@Nullable TaskAnswer answer) {
    check.any(ledger, answer == null ? null : answer.task());
  }

  @Override
  public AnswerTaken retry(@Nullable TaskAnswer answer) {
    return again(Objects.requireNonNull(answer).task(), "retry");
  }

  @Override
  public void checkSkip(@Nullable TaskAnswer answer) {
    check.any(ledger, answer == null ? null : answer.task());
  }

  @Override
  public AnswerTaken skip(@Nullable TaskAnswer answer) {
    int task = index(Objects.requireNonNull(answer).task());
    Instant now = take(known().record(task), new PendingAnswer("skip", null));
    return tell(task, new SchedulerEvent.PersonSkips(task, now), "skipped, with what needs it");
  }

  @Override
  public void checkReject(@Nullable TaskAnswer answer) {
    check.any(ledger, answer == null ? null : answer.task());
  }

  @Override
  public AnswerTaken reject(@Nullable TaskAnswer answer) {
    int task = index(Objects.requireNonNull(answer).task());
    Instant now = take(known().record(task), new PendingAnswer("reject", null));
    return tell(task, new SchedulerEvent.PersonRejects(task, now), "failed, as you decided");
  }

  private AnswerTaken again(@Nullable String id, String how) {
    int task = index(id);
    Instant now = take(known().record(task), new PendingAnswer(how, null));
    return tell(task, new SchedulerEvent.PersonRetries(task, now), "runs again");
  }

  private AnswerTaken tell(int task, SchedulerEvent event, String message) {
    happened(event);
    await(() -> status(task) != TaskStatus.AWAITING_PERSON);
    known().record(task).answer = null;
    return taken(task, message);
  }

  private Instant take(TaskRecord record, PendingAnswer pending) {
    Instant now = Clocks.now();
    record.answer = pending;
    known().tell(now, "person_answered", record.task.id(), pending.how);
    return now;
  }

  private AnswerTaken taken(int task, @Nullable String message) {
    TaskStatus status = status(task);
    if (status == TaskStatus.CANCELLED || message == null) {
      throw Failures.notAccepted("The run was cancelled before the answer was carried out.");
    }
    return new AnswerTaken(known().record(task).task.id(), status.key(), message);
  }

  /** A cancelled run still carries out, or gives up, what it was told. */
  private static void await(BooleanSupplier condition) {
    Workflow.newDetachedCancellationScope(() -> Workflow.await(condition::getAsBoolean)).run();
  }

  private int index(@Nullable String id) {
    return known().indexOf(String.valueOf(id)).orElseThrow();
  }

  private TaskStatus status(int task) {
    return known().state().status(task);
  }

  private void happened(SchedulerEvent event) {
    Objects.requireNonNull(events).accept(event);
  }

  private RunLedger known() {
    return Objects.requireNonNull(ledger);
  }
}
