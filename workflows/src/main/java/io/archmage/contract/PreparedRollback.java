package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.schedule.RollbackRule;

/**
 * What a run does so that failures can be undone.
 *
 * @param checkpoints whether the head is recorded before each parallel section
 * @param undo whether successes that served only what failed are undone
 */
@Wire
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record PreparedRollback(boolean checkpoints, boolean undo) {

  /** That rule, as it travels. */
  public static PreparedRollback of(RollbackRule rule) {
    return new PreparedRollback(rule.checkpoints(), rule.undo());
  }

  /** The rule, as the scheduler knows it. */
  public RollbackRule scheduled() {
    return new RollbackRule(checkpoints, undo);
  }
}
