package io.archmage.durable;

import io.archmage.contract.ConflictAnswer;
import io.archmage.contract.RejectedAnswerException;
import io.archmage.contract.Resolution;
import io.archmage.contract.UnknownTaskException;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.report.Question;
import io.archmage.schedule.TaskStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with an answer before anything comes of it; changes nothing. */
final class AnswerCheck {

  private static final List<String> WAYS =
      List.of(Resolution.OURS, Resolution.THEIRS, Resolution.COMMIT, Resolution.RERUN);

  private final String runId;

  AnswerCheck(String runId) {
    this.runId = runId;
  }

  /**
   * Checks an answer to a conflict.
   *
   * @throws RejectedAnswerException with the reason if it does not fit
   */
  void resolve(@Nullable RunLedger ledger, @Nullable ConflictAnswer answer) {
    TaskRecord record = any(ledger, answer == null ? null : answer.task());
    String how = Objects.requireNonNull(answer).how();
    if (how == null || !WAYS.contains(how)) {
      String all = String.join(", ", WAYS);
      throw new RejectedAnswerException(
          (how == null ? "\"how\" is missing. " : "\"how\" is " + Quoted.of(how) + ". ")
              + (how == null
                  ? "Write one of " + all + "."
                  : Suggestions.didYouMean(how, WAYS, "Write one of " + all + ".")));
    }
    boolean commit = how.equals(Resolution.COMMIT);
    if (commit && (answer.commit() == null || answer.commit().isBlank())) {
      throw new RejectedAnswerException(
          "\"how\" is \"commit\", and \"commit\" is missing: a revision of "
              + Objects.requireNonNull(ledger).repository
              + ".");
    }
    if (!commit && answer.commit() != null) {
      throw new RejectedAnswerException(
          "\"commit\" goes only with how \"commit\", not with " + Quoted.of(how) + ".");
    }
    Question question = Objects.requireNonNull(record.question);
    if (!how.equals(Resolution.RERUN) && question.ours() == null) {
      throw new RejectedAnswerException(
          "Task "
              + record.task.id()
              + " waits for a person, but not because of a conflict: "
              + question.text()
              + ". Answer with retry, skip or reject.");
    }
  }

  /**
   * Checks that the task waits for an answer.
   *
   * @throws RejectedAnswerException with the reason if it does not
   */
  TaskRecord any(@Nullable RunLedger ledger, @Nullable String id) {
    if (id == null || id.isBlank()) {
      throw new RejectedAnswerException(
          "\"task\" is missing: the id of the task that is answered for.");
    }
    if (ledger == null) {
      throw new RejectedAnswerException(
          "Run " + runId + " has no tasks yet; its plan is being prepared.");
    }
    int task =
        ledger
            .indexOf(id)
            .orElseThrow(
                () -> new UnknownTaskException(
                    "Run "
                        + runId
                        + " has no task "
                        + Quoted.of(id)
                        + ". "
                        + Suggestions.didYouMean(
                            id, ledger.ids(), "See its tasks with: archmage status")));
    TaskRecord record = ledger.record(task);
    if (record.answer != null) {
      throw new RejectedAnswerException(
          "Task " + id + " has been answered already: " + record.answer.how + ".");
    }
    TaskStatus status = ledger.state().status(task);
    if (status != TaskStatus.AWAITING_PERSON || record.question == null) {
      throw new RejectedAnswerException(
          "Task " + id + " does not wait for a person; it is " + status.key() + ".");
    }
    return record;
  }
}
