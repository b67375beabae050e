package io.archmage.config;

import io.archmage.plan.ConflictPolicy;
import java.util.List;

/** The words by which a configuration says when a task waits for a person. */
public final class PersonRules {

  /** Says that a task waits for a person instead of failing. */
  public static final String ESCALATE = "escalate";

  /** What may follow the last retry; a task that fails has nothing left to roll back. */
  public static final List<String> THEN = List.of("fail", "rollback", ESCALATE);

  /** What may follow a conflict. */
  public static final List<String> ON_CONFLICT = List.of("rerun", "ask");

  private PersonRules() {}

  /** The policy that one of {@link #ON_CONFLICT} names. */
  public static ConflictPolicy policy(String choice) {
    return choice.equals("ask") ? ConflictPolicy.ASK : ConflictPolicy.RERUN;
  }
}
