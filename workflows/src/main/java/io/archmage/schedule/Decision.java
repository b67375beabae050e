package io.archmage.schedule;

import java.time.Instant;
import java.util.List;

/** What the surroundings must do next, in the order given. */
public sealed interface Decision {

  /**
   * Run an attempt.
   *
   * @param task index of the task
   * @param attempt 1 for the first; grows by one with every dispatch of the task
   * @param rerun whether it follows a merge conflict and starts from the merged head
   */
  record Dispatch(int task, int attempt, boolean rerun) implements Decision {}

  /** Integrate the attempt that has just succeeded, or that a person has just decided about. */
  record Integrate(int task, int attempt) implements Decision {}

  /** Report {@link SchedulerEvent.TimeReached} for the task at that time. */
  record WaitUntil(int task, Instant at) implements Decision {}

  /**
   * Report {@link SchedulerEvent.RateReached} at that time; takes the place of any earlier decision
   * of this kind that has not been reported yet.
   *
   * @param task index of the first task that waits
   * @param limit what holds it back
   * @param at when it may start if nothing else is used until then
   */
  record WaitForRate(int task, RateLimit limit, Instant at) implements Decision {}

  /**
   * Report {@link SchedulerEvent.HoldReached} at that time; takes the place of any earlier decision
   * of this kind that has not been reported yet.
   *
   * @param task index of the first task that leaves its slot to another
   * @param heldFor index of that other one
   * @param at when that is over if nothing happens until then
   */
  record WaitForHold(int task, int heldFor, Instant at) implements Decision {}

  /** The task has failed for good. */
  record Fail(int task) implements Decision {}

  /**
   * The task will not run.
   *
   * @param task index of the task
   * @param because index of the failed, skipped or cancelled task it needs, or of the one whose
   *     failure ends the run; its own where a person skipped it
   */
  record Skip(int task, int because) implements Decision {}

  /**
   * Record the run's head: all that ended before is in it, and nothing is under way. The attempts
   * that start from it follow.
   *
   * @param stage the model's number of the stage under way, 0 where stages do not wait for each
   *     other
   */
  record Checkpoint(int stage) implements Decision {}

  /**
   * Take the work of these tasks out of the run's head, all of it or nothing, and report {@link
   * SchedulerEvent.RolledBack} or {@link SchedulerEvent.RollbackStopped}. Until then nothing is
   * dispatched and no other rollback is decided.
   *
   * @param number 1 for the run's first
   * @param because index of the task whose failure is the reason
   * @param tasks indices of tasks that succeeded, the last one to succeed first, not empty
   */
  record Rollback(int number, int because, List<Integer> tasks) implements Decision {
    /** Copies the list. */
    public Rollback {
      tasks = List.copyOf(tasks);
    }
  }

  /** Ask a person about the task; one of the person's events is its answer. */
  record AskPerson(int task) implements Decision {}

  /** Stop the running attempt of the task. */
  record CancelAttempt(int task) implements Decision {}

  /** Every task has ended. Always the last decision of a run, exactly once. */
  record Complete() implements Decision {}
}
