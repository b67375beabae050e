package io.archmage.schedule;

/**
 * What a run does so that failures can be undone.
 *
 * @param checkpoints whether the run's head is recorded before each parallel section
 * @param undo whether a success that served only tasks which failed, or were skipped for that, is
 *     undone
 */
public record RollbackRule(boolean checkpoints, boolean undo) {

  /** Nothing is recorded, nothing is undone. */
  public static final RollbackRule NONE = new RollbackRule(false, false);
}
