package io.archmage.config;

import io.archmage.schedule.RollbackRule;

/**
 * What a configuration says of undoing.
 *
 * @param enabled whether checkpoints are recorded and successes can be undone at all
 * @param checkpoints whether the head is recorded before each parallel section
 * @param restore whether a failure undoes anything
 * @param chain whether that goes along the chain of what the failed task needed
 * @param preserve whether all successes stay
 * @param failOnly whether a task that fails just fails, and nothing is undone
 */
public record RollbackSettings(
    boolean enabled,
    boolean checkpoints,
    boolean restore,
    boolean chain,
    boolean preserve,
    boolean failOnly) {

  /** Checkpoints are recorded and every success stays. */
  public static final RollbackSettings DEFAULT =
      new RollbackSettings(true, true, true, true, true, false);

  /** What a run does by it. */
  public RollbackRule rule() {
    return new RollbackRule(
        enabled && checkpoints, enabled && restore && chain && !preserve && !failOnly);
  }

  /** The same that keeps all successes or does not. */
  public RollbackSettings withPreserve(boolean value) {
    return new RollbackSettings(enabled, checkpoints, restore, chain, value, failOnly);
  }

  /** The same in which failing undoes nothing, or does what the rest says. */
  public RollbackSettings withFailOnly(boolean value) {
    return new RollbackSettings(enabled, checkpoints, restore, chain, preserve, value);
  }
}
