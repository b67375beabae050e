package io.archmage.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a run; the only way by which its state changes. */
public sealed interface SchedulerEvent {

  /** When it happened, by the workflow's clock; never before the event before it. */
  Instant at();

  /** The run begins. */
  record RunStarted(Instant at) implements SchedulerEvent {}

  /** The familiar ended well; its slot is free and its work is to be integrated. */
  record AttemptSucceeded(int task, Instant at) implements SchedulerEvent {}

  /**
   * The familiar ended badly; its slot is free.
   *
   * @param task index of the task
   * @param retryable whether another attempt can help
   * @param at when
   */
  record AttemptFailed(int task, boolean retryable, Instant at) implements SchedulerEvent {}

  /**
   * The familiar asked to be tried again later; its slot is free and no attempt is consumed.
   *
   * @param task index of the task
   * @param until the earliest time of the next try
   * @param at when
   */
  record AttemptDeferred(int task, Instant until, Instant at) implements SchedulerEvent {}

  /**
   * What an attempt under way used; told before its end, for the limits over time.
   *
   * @param task index of the task
   * @param startedAt when its process started by its host's clock, or null if that is not known
   * @param calls calls made, 0 if not known
   * @param tokens tokens read and written, 0 if not known
   * @param at when
   */
  record AttemptUsed(
      int task, @Nullable Instant startedAt, long calls, long tokens, Instant at)
      implements
        SchedulerEvent {}

  /** The attempt was stopped because the run is being cancelled or ends at a failure. */
  record AttemptCancelled(int task, Instant at) implements SchedulerEvent {}

  /** The task's work is in the run's head. */
  record Integrated(int task, Instant at) implements SchedulerEvent {}

  /**
   * The task's work does not merge with the run's head, or what a person decided about it cannot be
   * done; {@link PersonRule} says whether it is run again or a person is asked.
   *
   * @param serial whether it is run again once whatever that rule says: after the other task it
   *     would not have conflicted
   * @param asks whether a person is asked whatever that rule says: to run it again changes nothing
   */
  record Conflicted(int task, Instant at, boolean serial, boolean asks)
      implements
        SchedulerEvent {
    /** A conflict to which the rule applies. */
    public Conflicted(int task, Instant at, boolean serial) {
      this(task, at, serial, false);
    }

    /** A conflict to which the rule applies. */
    public Conflicted(int task, Instant at) {
      this(task, at, false);
    }

    /** A conflict that only a person can end. */
    public static Conflicted forAPerson(int task, Instant at) {
      return new Conflicted(task, at, false, true);
    }
  }

  /**
   * Nothing was started, and the slot is free: what the task needs does not merge with where it is
   * to start from, which only a person can change.
   */
  record StartBlocked(int task, Instant at) implements SchedulerEvent {}

  /** Integration failed for a reason that no further attempt can mend. */
  record IntegrationFailed(int task, Instant at) implements SchedulerEvent {}

  /**
   * The work of a {@link Decision.Rollback} is out of the run's head.
   *
   * @param number the decision's
   * @param at when
   */
  record RolledBack(int number, Instant at) implements SchedulerEvent {}

  /**
   * Nothing was undone, because that cannot be done rightly; the tasks stay as they are for good.
   *
   * @param number the decision's
   * @param at when
   */
  record RollbackStopped(int number, Instant at) implements SchedulerEvent {}

  /** The time of a {@link Decision.WaitUntil} has come. */
  record TimeReached(int task, Instant at) implements SchedulerEvent {}

  /**
   * The time of a {@link Decision.WaitForRate} has come.
   *
   * @param until the time that the decision named
   * @param at when
   */
  record RateReached(Instant until, Instant at) implements SchedulerEvent {}

  /**
   * The time of a {@link Decision.WaitForHold} has come.
   *
   * @param until the time that the decision named
   * @param at when
   */
  record HoldReached(Instant until, Instant at) implements SchedulerEvent {}

  /** A person said how the task's conflict ends; its attempt is to be integrated that way. */
  record PersonResolved(int task, Instant at) implements SchedulerEvent {}

  /** A person wants the task run again, with all its retries. */
  record PersonRetries(int task, Instant at) implements SchedulerEvent {}

  /** A person skips the task that waits for an answer, and with it all that need it. */
  record PersonSkips(int task, Instant at) implements SchedulerEvent {}

  /** A person lets the task that waits for an answer fail. */
  record PersonRejects(int task, Instant at) implements SchedulerEvent {}

  /** The run is to stop: nothing new starts, running attempts are cancelled. */
  record CancelRequested(Instant at) implements SchedulerEvent {}
}
