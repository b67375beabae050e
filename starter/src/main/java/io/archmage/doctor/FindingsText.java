package io.archmage.doctor;

import io.archmage.render.Style;
import io.archmage.render.TerminalSafe;
import io.archmage.schedule.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/** Findings as text for people. */
public final class FindingsText {

  private static final int CHECK_WIDTH = 14;

  private FindingsText() {}

  /** One line for each finding, further lines and what to do indented, and a last line. */
  public static String render(List<Finding> findings, Style style) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String check = TerminalSafe.line(finding.check());
      List<String> message = TerminalSafe.block(finding.message()).strip().lines().toList();
      lines.add(
          mark(finding.level(), style)
              + "  "
              + check
              + " ".repeat(Math.max(1, CHECK_WIDTH - check.length()))
              + message.getFirst());
      String indent = " ".repeat(9 + CHECK_WIDTH);
      message.stream().skip(1).forEach(line -> lines.add(indent + line));
      if (finding.fix() != null) {
        TerminalSafe.block(finding.fix()).lines().forEach(line -> lines.add(indent + "-> " + line));
      }
    }
    long problems = count(findings, Finding.Level.PROBLEM);
    long warnings = count(findings, Finding.Level.WARNING);
    lines.add("");
    lines.add(
        problems == 0 && warnings == 0
            ? "Everything is in order."
            : number(problems, "problem") + ", " + number(warnings, "warning") + ".");
    return String.join("\n", lines) + "\n";
  }

  private static String mark(Finding.Level level, Style style) {
    return switch (level) {
      case OK -> style.of(TaskStatus.SUCCEEDED, "ok     ");
      case WARNING -> style.of(TaskStatus.WAITING, "warning");
      case PROBLEM -> style.of(TaskStatus.FAILED, "problem");
    };
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  private static String number(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
