package io.archmage.render;

import io.archmage.report.StatusPage;
import io.archmage.report.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A status page as text. */
public final class StatusText {

  private StatusText() {}

  /** The page at {@code now}, no line of its table wider than {@code width}. */
  public static String render(StatusPage page, Instant now, Style style, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(TerminalSafe.line(page.runId()))
            + "  "
            + style.of(page.status(), page.status().key())
            + (page.execution() == null ? "" : "  " + page.execution().key())
            + "  started "
            + ago(page.startedAt(), now));
    lines.add(counts(page));
    if (page.branch() != null) {
      lines.add(
          "branch "
              + TerminalSafe.line(page.branch())
              + (page.headCommit() == null ? "" : " at " + Commits.shorten(page.headCommit()))
              + (page.repository() == null ? "" : " in " + TerminalSafe.line(page.repository())));
    }
    page.notes().forEach(note -> lines.add("note: " + TerminalSafe.line(note)));
    if (!page.tasks().isEmpty()) {
      lines.add("");
      lines.addAll(table(page, now, style).lines(style, width));
    }
    int hidden = page.taskCount() - page.tasks().size();
    if (hidden > 0) {
      lines.add("and " + hidden + " more");
    }
    return String.join("\n", lines) + "\n";
  }

  /** Such as {@code 5 tasks: 2 running, 3 succeeded}. */
  static String counts(StatusPage page) {
    StringJoiner parts = new StringJoiner(", ");
    for (Map.Entry<String, Integer> count : page.counts().entrySet()) {
      if (count.getValue() > 0) {
        parts.add(count.getValue() + " " + TerminalSafe.line(count.getKey()));
      }
    }
    String tasks = page.taskCount() == 1 ? "1 task" : page.taskCount() + " tasks";
    return parts.length() == 0 ? tasks : tasks + ": " + parts;
  }

  private static Tables table(StatusPage page, Instant now, Style style) {
    Tables table = new Tables("TASK", "FAMILIAR", "STATUS", "TRIES", "TIME", "WHY");
    for (TaskReport task : page.tasks()) {
      table.row(
          TaskCells.id(task),
          TaskCells.familiar(task),
          TaskCells.status(task, style),
          Tables.Cell.of(String.valueOf(task.attempts())),
          TaskCells.time(task, now),
          TaskCells.because(task));
    }
    return table;
  }

  private static String ago(Instant then, Instant now) {
    return Durations.text(Duration.between(then, now)) + " ago";
  }
}
