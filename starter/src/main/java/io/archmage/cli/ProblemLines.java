package io.archmage.cli;

import io.archmage.plan.PlanProblem;
import io.archmage.render.TerminalSafe;

/** Problems as lines that editors understand. */
final class ProblemLines {

  private ProblemLines() {}

  /** {@code file:line:column: message}, and the fix indented below it. */
  static String of(PlanProblem problem) {
    StringBuilder place = new StringBuilder();
    if (problem.file() != null) {
      place.append(problem.file()).append(':');
    }
    if (problem.line() > 0) {
      place.append(problem.line()).append(':').append(problem.column()).append(':');
    }
    String text = place.isEmpty() ? problem.message() : place + " " + problem.message();
    return TerminalSafe.line(text) + "\n  " + TerminalSafe.line(problem.fix());
  }
}
