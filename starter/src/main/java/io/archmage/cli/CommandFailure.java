package io.archmage.cli;

import io.archmage.contract.FailureTypes;
import io.archmage.plan.PlanProblem;
import java.util.List;
import java.util.Objects;

/** A command cannot do what was asked; the message is for the person who typed it. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String type;
  private final transient List<PlanProblem> problems;

  private CommandFailure(
      ExitCode exitCode, String type, String message, List<PlanProblem> problems) {
    super(message);
    this.exitCode = exitCode;
    this.type = type;
    this.problems = List.copyOf(problems);
  }

  /** Arguments that cannot be used. */
  static CommandFailure invalid(String message) {
    return new CommandFailure(ExitCode.INVALID, "InvalidArguments", message, List.of());
  }

  /** A plan or configuration that cannot run: exit 3 if only this machine is to blame, else 2. */
  static CommandFailure problems(String message, List<PlanProblem> problems) {
    boolean environment =
        !problems.isEmpty() && problems.stream().allMatch(PlanProblem::environment);
    return environment
        ? new CommandFailure(ExitCode.ENVIRONMENT, FailureTypes.ENVIRONMENT, message, problems)
        : new CommandFailure(ExitCode.INVALID, FailureTypes.INVALID_PLAN, message, problems);
  }

  /** A run that its workflow refused with a failure of that type. */
  static CommandFailure ofType(String type, String message, List<PlanProblem> problems) {
    ExitCode code =
        type.equals(FailureTypes.INVALID_PLAN) ? ExitCode.INVALID : ExitCode.ENVIRONMENT;
    return new CommandFailure(code, type, message, problems);
  }

  /** Something is missing here. */
  static CommandFailure environment(String message) {
    return new CommandFailure(ExitCode.ENVIRONMENT, FailureTypes.ENVIRONMENT, message, List.of());
  }

  /** There is no such run. */
  static CommandFailure notFound(String message) {
    return new CommandFailure(ExitCode.NOT_FOUND, "NotFound", message, List.of());
  }

  /** What is wrong, for people. */
  String explanation() {
    return Objects.requireNonNullElse(getMessage(), type);
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** A stable name of the kind of failure, for programs. */
  public String type() {
    return type;
  }

  /** The problems found one by one, or none. */
  public List<PlanProblem> problems() {
    return problems;
  }
}
