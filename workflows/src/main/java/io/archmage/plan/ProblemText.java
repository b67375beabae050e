package io.archmage.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Problems as text for people. */
public final class ProblemText {

  /** At most so many problems are written out; the rest is counted. */
  public static final int MAX_PROBLEMS = 50;

  private ProblemText() {}

  /**
   * All problems, each as {@code file:line:column: message} (without a file {@code line 3:
   * message}) and an indented line with the fix, then a line that counts them; ends with a line
   * feed unless there are none.
   */
  public static String render(List<PlanProblem> problems) {
    if (problems.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    problems.stream().limit(MAX_PROBLEMS).forEach(problem -> text.append(render(problem)));
    if (problems.size() > MAX_PROBLEMS) {
      text.append("… and ").append(problems.size() - MAX_PROBLEMS).append(" more\n");
    }
    return text.append(summary(problems)).append('\n').toString();
  }

  /** One problem with its fix, ending with a line feed. */
  public static String render(PlanProblem problem) {
    String fix = problem.fix().isEmpty() ? "" : "    fix: " + problem.fix() + "\n";
    return place(problem) + problem.message() + "\n" + fix;
  }

  /** One problem with its fix in one line, such as for a list of warnings. */
  public static String line(PlanProblem problem) {
    String fix = problem.fix().isEmpty() ? "" : ". " + problem.fix();
    return (place(problem) + problem.message() + fix).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** How many problems there are and, if all are in one file, where. */
  public static String summary(List<PlanProblem> problems) {
    SequencedSet<String> files = new LinkedHashSet<>();
    problems.forEach(problem -> files.add(problem.file() == null ? "" : problem.file()));
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    String where = files.size() == 1 ? files.getFirst() : "";
    return where.isEmpty() ? count : count + " in " + where;
  }

  private static String place(PlanProblem problem) {
    boolean known = problem.line() > 0;
    if (problem.file() == null) {
      return known ? "line " + problem.line() + ": " : "";
    }
    String column = problem.column() > 0 ? ":" + problem.column() : "";
    return problem.file() + (known ? ":" + problem.line() + column : "") + ": ";
  }
}
