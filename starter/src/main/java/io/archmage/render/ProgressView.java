package io.archmage.render;

import io.archmage.report.StatusPage;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The block of lines that a terminal shows while a run goes on. */
public final class ProgressView {

  /** Running tasks shown by name. */
  static final int MAX_RUNNING = 8;

  /** Tasks that wait shown by name, with why. */
  static final int MAX_WAITING = 4;

  private ProgressView() {}

  /** The block at {@code now}; no line is wider than {@code width}. */
  public static List<String> lines(StatusPage page, Instant now, Style style, int width) {
    List<String> lines = new ArrayList<>();
    String head =
        TerminalSafe.line(page.runId())
            + "  "
            + Durations.clock(Duration.between(page.startedAt(), now))
            + "  "
            + page.status().key()
            + "  "
            + StatusText.counts(page);
    lines.add(style.of(page.status(), TerminalSafe.cut(head, width)));
    List<TaskReport> asked = having(page, List.of(TaskStatus.AWAITING_PERSON));
    for (TaskReport task : first(asked, MAX_WAITING)) {
      lines.add(style.of(task.status(), TerminalSafe.cut(asked(task), width)));
    }
    more(asked.size() - MAX_WAITING, "waiting for a person", lines);
    List<TaskReport> running = having(page, List.of(TaskStatus.RUNNING));
    for (TaskReport task : first(running, MAX_RUNNING)) {
      lines.add(style.of(task.status(), TerminalSafe.cut(running(task, now), width)));
    }
    more(running.size() - MAX_RUNNING, "running", lines);
    List<TaskReport> waiting =
        having(page, List.of(TaskStatus.WAITING, TaskStatus.READY, TaskStatus.BLOCKED));
    for (TaskReport task : first(waiting, MAX_WAITING)) {
      lines.add(style.of(task.status(), TerminalSafe.cut(waiting(task), width)));
    }
    more(waiting.size() - MAX_WAITING, "waiting", lines);
    return lines;
  }

  private static List<TaskReport> having(StatusPage page, List<TaskStatus> statuses) {
    List<TaskReport> found = new ArrayList<>();
    for (TaskStatus status : statuses) {
      page.tasks().stream().filter(task -> task.status() == status).forEach(found::add);
    }
    return found;
  }

  private static List<TaskReport> first(List<TaskReport> tasks, int count) {
    return tasks.subList(0, Math.min(count, tasks.size()));
  }

  private static void more(int count, String what, List<String> lines) {
    if (count > 0) {
      lines.add("  and " + count + " more " + what);
    }
  }

  private static String running(TaskReport task, Instant now) {
    String time = TaskCells.time(task, now).text();
    String phase = task.finishedAt() != null && task.integratedAt() == null ? "  merging" : "";
    return "  > "
        + TerminalSafe.line(task.id())
        + "  "
        + TerminalSafe.line(task.familiar())
        + (time.isEmpty() ? "" : "  " + time)
        + (task.attempts() > 1 ? "  attempt " + task.attempts() : "")
        + phase
        + "  "
        + TerminalSafe.line(task.title());
  }

  private static String asked(TaskReport task) {
    return "  ? " + TerminalSafe.line(task.id()) + "  " + TaskCells.because(task).text();
  }

  private static String waiting(TaskReport task) {
    String because = TaskCells.because(task).text();
    return "  . "
        + TerminalSafe.line(task.id())
        + "  "
        + task.status().key()
        + (because.isEmpty() ? "" : ": " + because);
  }
}
