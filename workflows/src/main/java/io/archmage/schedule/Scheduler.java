package io.archmage.schedule;

/** The one scheduler of all patterns, of the durable workflows and of the dry run. */
public final class Scheduler {

  private Scheduler() {}

  /** Applies an event; deterministic, without side effects. */
  public static Transition next(ScheduleState state, SchedulerEvent event) {
    throw new UnsupportedOperationException("" + state + event);
  }
}
