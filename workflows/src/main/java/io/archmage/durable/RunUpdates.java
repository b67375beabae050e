package io.archmage.durable;

import io.archmage.contract.AnswerTaken;
import io.archmage.contract.ConflictAnswer;
import io.archmage.contract.TaskAnswer;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import org.jspecify.annotations.Nullable;

/**
 * What every run can be told about a task that waits for a person. An answer that does not fit is
 * rejected with a reason and leaves no trace in the history.
 */
@WorkflowInterface
public interface RunUpdates {

  /** Ends a conflict; returns once the work is merged, or fails with why it cannot be. */
  @UpdateMethod(
      name = "resolve",
      description = "Ends a conflict: {task, how: ours|theirs|commit|rerun, commit?}")
  AnswerTaken resolve(@Nullable ConflictAnswer answer);

  /** Checks an answer to a conflict. */
  @UpdateValidatorMethod(updateName = "resolve")
  void checkResolve(@Nullable ConflictAnswer answer);

  /** Runs the task again, on the merged head and with all its retries. */
  @UpdateMethod(name = "retry", description = "Runs a task that waits for a person again: {task}")
  AnswerTaken retry(@Nullable TaskAnswer answer);

  /** Checks a retry. */
  @UpdateValidatorMethod(updateName = "retry")
  void checkRetry(@Nullable TaskAnswer answer);

  /** Skips the task and what needs it. */
  @UpdateMethod(name = "skip", description = "Skips a task that waits for a person: {task}")
  AnswerTaken skip(@Nullable TaskAnswer answer);

  /** Checks a skip. */
  @UpdateValidatorMethod(updateName = "skip")
  void checkSkip(@Nullable TaskAnswer answer);

  /** Lets the task fail. */
  @UpdateMethod(name = "reject", description = "Fails a task that waits for a person: {task}")
  AnswerTaken reject(@Nullable TaskAnswer answer);

  /** Checks a rejection. */
  @UpdateValidatorMethod(updateName = "reject")
  void checkReject(@Nullable TaskAnswer answer);
}
