package io.archmage.schedule;

/** An immutable snapshot of a run's scheduling. */
public final class ScheduleState {

  /** The state before the run begins. */
  public static ScheduleState initial(ScheduleModel model) {
    throw new UnsupportedOperationException(model.toString());
  }

  /** The unchanging input. */
  public ScheduleModel model() {
    throw new UnsupportedOperationException();
  }

  /** Where the task stands. */
  public TaskStatus status(int task) {
    throw new UnsupportedOperationException("" + task);
  }

  /** How many attempts of the task were dispatched so far. */
  public int attempts(int task) {
    throw new UnsupportedOperationException("" + task);
  }
}
