package io.archmage.cli;

import io.archmage.contract.RunOptions;
import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemText;
import io.archmage.preview.PlanView;
import io.archmage.render.TerminalSafe;
import java.util.List;

/** Proves plans before anything is started. */
final class Plans {

  private Plans() {}

  /**
   * The warnings about a plan that can run.
   *
   * @throws CommandFailure with all problems if it cannot
   */
  static List<String> check(OpenedProject project, PlanDocument document, RunOptions options) {
    OpenedProject.Verdict verdict = project.check(document, options);
    if (!verdict.problems().isEmpty()) {
      throw cannotRun(document, verdict.problems());
    }
    return safe(verdict.warnings());
  }

  /**
   * The view of a plan that can run.
   *
   * @throws CommandFailure with all problems if it cannot
   */
  static PlanView view(OpenedProject.Outlook outlook, PlanDocument document) {
    if (outlook.view() == null) {
      throw cannotRun(document, outlook.problems());
    }
    return outlook.view();
  }

  /** Warnings as they may be written to a terminal. */
  static List<String> safe(List<String> warnings) {
    return warnings.stream().map(TerminalSafe::line).toList();
  }

  private static CommandFailure cannotRun(PlanDocument document, List<PlanProblem> problems) {
    return CommandFailure.problems(
        document.fileName() + " cannot run: " + ProblemText.summary(problems) + ".", problems);
  }
}
