package io.archmage.config;

import java.util.List;

/** The words by which a configuration says when a task waits for a person. */
public final class PersonRules {

  /** Says that a task waits for a person instead of failing. */
  public static final String ESCALATE = "escalate";

  /** What may follow the last retry; a task that fails has nothing left to roll back. */
  public static final List<String> THEN = List.of("fail", "rollback", ESCALATE);

  private PersonRules() {}
}
