package io.archmage.schedule;

import io.archmage.plan.ConflictPolicy;

/**
 * When a task waits for a person.
 *
 * @param conflicts what happens to a task whose work does not merge
 * @param escalate whether a task waits for a person where it would otherwise fail: after its last
 *     attempt, its second conflict, or work that cannot be integrated
 */
public record PersonRule(ConflictPolicy conflicts, boolean escalate) {

  /** Nobody is ever asked. */
  public static final PersonRule NEVER = new PersonRule(ConflictPolicy.RERUN, false);
}
