package io.archmage.cli;

import io.archmage.git.GitException;
import io.archmage.plan.ProblemText;
import io.archmage.server.ServerException;
import io.archmage.settings.SettingsException;
import io.archmage.worker.ConfigurationProblemsException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** Exceptions of other packages as failures of a command; loaded only when one happened. */
final class KnownFailures {

  private KnownFailures() {}

  /** The failure that the exception, or the cause it wraps, stands for. */
  static CommandFailure describe(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CommandFailure failure -> {
          return failure;
        }
        case ServerException failure -> {
          return CommandFailure.environment(String.valueOf(failure.getMessage()));
        }
        case ConfigurationProblemsException failure -> {
          return CommandFailure.problems(
              "The configuration cannot be used: " + ProblemText.summary(failure.problems()) + ".",
              failure.problems());
        }
        case GitException failure -> {
          return CommandFailure.environment(String.valueOf(failure.getMessage()));
        }
        case ApplicationFailure failure -> {
          return CommandFailure.ofType(
              failure.getType(), failure.getOriginalMessage(), List.of());
        }
        case SettingsException failure -> {
          return CommandFailure.environment(String.valueOf(failure.getMessage()));
        }
        case WorkflowNotFoundException missing -> {
          return CommandFailure.notFound(
              "There is no run " + missing.getExecution().getWorkflowId() + ".");
        }
        case WorkflowQueryException failure -> {
          Throwable why = failure.getCause() == null ? failure : failure.getCause();
          return CommandFailure.environment(
              "Run "
                  + failure.getExecution().getWorkflowId()
                  + " cannot answer now: "
                  + why.getMessage());
        }
        case StatusRuntimeException failure -> {
          return describe(failure.getStatus());
        }
        default -> {
          // Its cause may be known.
        }
      }
    }
    return CommandFailure.environment(
        "This should not have happened: "
            + exception
            + "\nSet "
            + FailureMapping.DEBUG
            + "=1 to see where, and report it.");
  }

  private static CommandFailure describe(Status status) {
    String detail = status.getDescription() == null ? "" : " (" + status.getDescription() + ")";
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
        CommandFailure.environment("The Temporal server does not answer" + detail + ".");
      case PERMISSION_DENIED, UNAUTHENTICATED ->
        CommandFailure.environment("The Temporal server refuses these credentials" + detail + ".");
      case NOT_FOUND -> CommandFailure.notFound("There is no such run" + detail + ".");
      default ->
        CommandFailure.environment(
            "The Temporal server answers " + status.getCode() + detail + ".");
    };
  }
}
