package io.archmage.cli;

import io.archmage.contract.FailureTypes;
import io.archmage.plan.PlanProblem;
import io.archmage.report.RunReport;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.List;

/** How a run ended, as its workflow's result tells. */
sealed interface RunOutcome {

  /**
   * With a report, whatever it says.
   *
   * @param report as the result has it, so perhaps shortened
   */
  record Reported(RunReport report) implements RunOutcome {}

  /** Cancelled by a person: the result has no report, but the workflow still answers queries. */
  record Cancelled() implements RunOutcome {}

  /**
   * Without a report.
   *
   * @param message what happened, for people
   */
  record Broken(String message) implements RunOutcome {}

  /**
   * What a failed workflow means.
   *
   * @throws CommandFailure if the run never began, because of its plan or of the machine
   */
  static RunOutcome of(String runId, WorkflowFailedException failure) {
    return switch (failure.getCause()) {
      case ApplicationFailure known -> of(runId, known);
      case CanceledFailure ignored -> new Cancelled();
      case TerminatedFailure ignored ->
        new Broken("Run " + runId + " was terminated; nothing was put in order after it.");
      case TimeoutFailure ignored ->
        new Broken("Run " + runId + " exceeded the time its workflow was given.");
      case null, default -> new Broken("Run " + runId + " failed: " + failure.getMessage());
    };
  }

  private static RunOutcome of(String runId, ApplicationFailure failure) {
    String message = failure.getOriginalMessage();
    return switch (failure.getType()) {
      case FailureTypes.RUN_NOT_SUCCESSFUL ->
        new Reported(failure.getDetails().get(RunReport.class));
      case FailureTypes.INVALID_PLAN, FailureTypes.ENVIRONMENT ->
        throw CommandFailure.ofType(failure.getType(), message, problems(failure));
      default -> new Broken("Run " + runId + " failed: " + message);
    };
  }

  private static List<PlanProblem> problems(ApplicationFailure failure) {
    if (failure.getDetails().getSize() == 0) {
      return List.of();
    }
    PlanProblem[] problems = failure.getDetails().get(PlanProblem[].class);
    return problems == null ? List.of() : List.of(problems);
  }
}
