package io.archmage.render;

import io.archmage.report.GroupReport;
import java.util.ArrayList;
import java.util.List;

/** The groups of a run for a terminal. */
public final class WorktreeText {

  private WorktreeText() {}

  /** A table with what is to be known below it; one line if there are no groups. */
  public static List<String> lines(List<GroupReport> groups, Style style, int width) {
    if (groups.isEmpty()) {
      return List.of("The run has no groups.");
    }
    Tables table = new Tables("GROUP", "STATUS", "TASKS", "BRANCH", "WORKTREE");
    for (GroupReport group : groups) {
      table.row(
          Tables.Cell.of(TerminalSafe.line(group.group())),
          Tables.Cell.of(group.status().key()),
          Tables.Cell.of(String.valueOf(group.tasks())),
          Tables.Cell.of(TerminalSafe.line(group.branch())),
          Tables.Cell.of(group.path() == null ? "" : TerminalSafe.line(group.path())));
    }
    List<String> lines = new ArrayList<>(table.lines(style, width));
    notes(groups, lines);
    return lines;
  }

  /** Why groups are not merged, and what became of their worktrees. */
  static void notes(List<GroupReport> groups, List<String> lines) {
    for (GroupReport group : groups) {
      if (group.because() != null) {
        lines.add("");
        lines.add(
            TerminalSafe.line(
                group.group() + " " + group.status().key() + ": " + group.because()));
      }
    }
  }
}
