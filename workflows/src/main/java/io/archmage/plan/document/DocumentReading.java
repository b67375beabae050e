package io.archmage.plan.document;

import io.archmage.plan.PlanProblem;
import java.util.List;

/** What came of reading a document. */
public sealed interface DocumentReading {

  /**
   * The document could be read.
   *
   * @param root the whole document
   */
  record Parsed(Mapping root) implements DocumentReading {}

  /**
   * The document could not be read.
   *
   * @param problems at least one, ordered by position
   */
  record Unreadable(List<PlanProblem> problems) implements DocumentReading {
    /** Copies the list. */
    public Unreadable {
      problems = List.copyOf(problems);
    }
  }
}
