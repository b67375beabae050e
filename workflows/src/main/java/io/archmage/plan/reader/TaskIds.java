package io.archmage.plan.reader;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.TaskId;
import io.archmage.plan.document.ProblemCollector;
import java.util.Optional;

/** Reads task ids. */
final class TaskIds {

  /** Stands in for the id of a task that is thrown away because it has none. */
  static final TaskId NONE = new TaskId("?");

  private TaskIds() {}

  static Optional<TaskId> of(String text) {
    try {
      return Optional.of(new TaskId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reports why a text is no id. */
  static void report(String text, Position position, String what, ProblemCollector problems) {
    try {
      new TaskId(text);
    } catch (IllegalArgumentException e) {
      problems.add(
          position,
          ProblemCode.INVALID_VALUE,
          null,
          what + " is " + Quoted.of(text) + ", but " + e.getMessage(),
          "Write a short name.");
    }
  }
}
