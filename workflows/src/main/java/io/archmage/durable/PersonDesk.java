package io.archmage.durable;

import io.archmage.contract.Notice;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PersonActivities;
import io.archmage.contract.PreparedPlan;
import io.archmage.report.Question;
import io.archmage.schedule.TaskStatus;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks people about tasks, tells them in the configured ways, and notes in the memo who waits. */
final class PersonDesk {

  /** Tasks named in the memo, which every list of runs carries. */
  private static final int NAMED = 20;

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private List<String> noted = List.of();

  PersonDesk(OpenedRun opened, PreparedPlan plan, RunLedger ledger) {
    this.opened = opened;
    this.plan = plan;
    this.ledger = ledger;
  }

  /** Asks; a question that was only answered in a way that cannot be done is not told again. */
  void ask(int task) {
    TaskRecord record = ledger.record(task);
    Instant now = Clocks.now();
    Question before = record.question;
    Question question =
        new QuestionText(ledger, record).ask(before == null ? now : before.since());
    record.question = question;
    ledger.tell(now, "person_asked", record.task.id(), question.text());
    if (before == null) {
      plan.notifies().forEach(way -> tell(way, record, question));
    }
  }

  private void tell(String way, TaskRecord record, Question question) {
    String id = record.task.id();
    PersonActivities people =
        Workflow.newActivityStub(
            PersonActivities.class,
            ActivityPolicies.notice(opened.queue(), "tell people about " + id + " by " + way));
    Notice notice =
        new Notice(
            plan.run().runId(),
            id,
            record.task.title(),
            question.kind(),
            question.text(),
            question.since(),
            opened.repository(),
            plan.branch(),
            question.look().stream().map(Question.Command::command).toList(),
            question.answers().stream().map(Question.Command::command).toList());
    Async.procedure(people::notifyPerson, way, notice)
        .handle((told, failure) -> told(way, id, failure));
  }

  private @Nullable Void told(String way, String id, @Nullable RuntimeException failure) {
    if (failure == null) {
      ledger.tell(Clocks.now(), "person_notified", id, "told by " + way);
    } else {
      ledger.tell(
          Clocks.now(), "notify_failed", id,
          "not told by " + way + ": " + Failures.reason(failure));
    }
    return null;
  }

  /** Brings the memo up to date; an event only where the waiting tasks have changed. */
  void note() {
    List<String> waiting = new ArrayList<>();
    if (ledger.state().count(TaskStatus.AWAITING_PERSON) > 0) {
      for (int task : ledger.shown()) {
        if (waiting.size() < NAMED
            && ledger.state().status(task) == TaskStatus.AWAITING_PERSON) {
          waiting.add(ledger.record(task).task.id());
        }
      }
    }
    if (!waiting.equals(noted)) {
      noted = List.copyOf(waiting);
      var memo = new LinkedHashMap<String, Object>();
      memo.put(WorkflowNames.AWAITING_MEMO, noted);
      Workflow.upsertMemo(memo);
    }
  }
}
