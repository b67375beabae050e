package io.archmage.config;

import io.archmage.plan.PlanProblem;
import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigurationReading {

  /** Every key has a meaning. */
  record Read(Configuration configuration) implements ConfigurationReading {}

  /**
   * Something could not be read.
   *
   * @param problems at least one, ordered by position
   */
  record Problems(List<PlanProblem> problems) implements ConfigurationReading {
    /** Copies the list. */
    public Problems {
      problems = List.copyOf(problems);
    }
  }
}
