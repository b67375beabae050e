package io.archmage.render;

import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.time.Duration;
import java.time.Instant;

/** Cells about tasks that several views share. */
final class TaskCells {

  private static final int ID_WIDTH = 40;

  private TaskCells() {}

  static Tables.Cell id(TaskReport task) {
    return Tables.Cell.of(TerminalSafe.cut(TerminalSafe.line(task.id()), ID_WIDTH));
  }

  static Tables.Cell familiar(TaskReport task) {
    return Tables.Cell.of(TerminalSafe.line(task.familiar()));
  }

  static Tables.Cell status(TaskReport task, Style style) {
    return new Tables.Cell(task.status().key(), text -> style.of(task.status(), text));
  }

  /** Run time of the last attempt: so far while it runs, empty if it never ran. */
  static Tables.Cell time(TaskReport task, Instant now) {
    if (task.status() == TaskStatus.RUNNING && task.startedAt() != null) {
      return Tables.Cell.of(Durations.text(Duration.between(task.startedAt(), now)));
    }
    return Tables.Cell.of(task.runMs() > 0 ? Durations.ofMillis(task.runMs()) : "");
  }

  static Tables.Cell because(TaskReport task) {
    return Tables.Cell.of(task.because() == null ? "" : TerminalSafe.line(task.because()));
  }
}
