package io.archmage.cli;

import io.archmage.contract.RunOptions;
import io.archmage.plan.ProblemText;
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
      throw CommandFailure.problems(
          document.fileName() + " cannot run: " + ProblemText.summary(verdict.problems()) + ".",
          verdict.problems());
    }
    return verdict.warnings().stream().map(TerminalSafe::line).toList();
  }
}
