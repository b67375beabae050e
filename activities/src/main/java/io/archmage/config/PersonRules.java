package io.archmage.config;

import java.util.List;

/** The words by which a configuration says when a task waits for a person. */
public final class PersonRules {

  /** Says that a task fails and nothing is undone. */
  public static final String FAIL = "fail";

  /** Says that a task fails and its chain is undone as far as the configuration wants that. */
  public static final String ROLLBACK = "rollback";

  /** Says that a task waits for a person instead of failing. */
  public static final String ESCALATE = "escalate";

  /** What may follow the last retry. */
  public static final List<String> THEN = List.of(ROLLBACK, FAIL, ESCALATE);

  private PersonRules() {}
}
