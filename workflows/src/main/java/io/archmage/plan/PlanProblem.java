package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must change before a plan or configuration can run.
 *
 * @param code a stable name of the mistake, such as {@code unknown_familiar}
 * @param message what is wrong, one sentence without the place
 * @param fix what to do about it, one sentence
 * @param task the task it is about, or null
 * @param file the document's name as the user gave it, or null
 * @param line 1-based line, or 0 if unknown
 * @param column 1-based column, or 0 if unknown
 * @param environment whether the plan is right but this machine or configuration cannot run it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PlanProblem(
    String code,
    String message,
    String fix,
    @Nullable String task,
    @Nullable String file,
    int line,
    int column,
    boolean environment) {

  /** A mistake in a document at a position. */
  public static PlanProblem at(
      Position position, String code, @Nullable TaskId task, String message, String fix) {
    return new PlanProblem(
        code,
        message,
        fix,
        task == null ? null : task.value(),
        null,
        position.line(),
        position.column(),
        false);
  }

  /** A mistake of that kind in a document at a position. */
  public static PlanProblem at(
      Position position, ProblemCode code, @Nullable TaskId task, String message, String fix) {
    return at(position, code.key(), task, message, fix);
  }

  /** Where it is, or {@link Position#UNKNOWN}. */
  public Position position() {
    return new Position(line, column);
  }

  /** The same problem, in the file of that name. */
  public PlanProblem inFile(@Nullable String name) {
    return new PlanProblem(code, message, fix, task, name, line, column, environment);
  }

  /** The same problem, marked as one of the machine or its configuration. */
  public PlanProblem ofEnvironment() {
    return new PlanProblem(code, message, fix, task, file, line, column, true);
  }
}
