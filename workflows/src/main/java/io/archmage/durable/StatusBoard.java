package io.archmage.durable;

import io.archmage.report.Question;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Markdown table of a run that the Web UI shows. */
final class StatusBoard {

  /** More rows would not be read; the server limits the whole text to 20,000 bytes. */
  static final int MAX_ROWS = 60;

  /** Statuses from the one that needs attention first. */
  static final List<TaskStatus> URGENCY =
      List.of(
          TaskStatus.AWAITING_PERSON,
          TaskStatus.FAILED,
          TaskStatus.RUNNING,
          TaskStatus.WAITING,
          TaskStatus.READY,
          TaskStatus.BLOCKED,
          TaskStatus.ROLLED_BACK,
          TaskStatus.SKIPPED,
          TaskStatus.CANCELLED,
          TaskStatus.SUCCEEDED);

  /** Leaves room for the counts below the table. */
  private static final int MAX_CHARACTERS = 15_000;

  private static final int MAX_CELL = 160;

  /** Questions beyond this many characters are left out. */
  private static final int MAX_QUESTIONS = 3_000;

  /** Longer commands are left out. */
  private static final int MAX_COMMAND = 500;

  private StatusBoard() {}

  /**
   * The board.
   *
   * @param headline one line, already Markdown
   * @param tasks the most urgent ones, at most {@link #MAX_ROWS}, most urgent first
   * @param count tasks of the run in all
   * @param now the workflow's time, for running tasks
   * @param footer lines below the table, already Markdown
   */
  static String markdown(
      String headline, List<TaskReport> tasks, int count, Instant now, List<String> footer) {
    StringBuilder text = new StringBuilder(headline).append("\n\n");
    text.append("| task | status | familiar | attempt | duration | cost | why |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    String questions = questions(tasks);
    int shown = 0;
    for (TaskReport task : tasks) {
      String row = row(task, now);
      if (text.length() + row.length() + questions.length() > MAX_CHARACTERS) {
        break;
      }
      text.append(row);
      shown++;
    }
    if (shown < count) {
      text.append("\n… and ").append(count - shown).append(" more tasks\n");
    }
    text.append(questions);
    footer.forEach(line -> text.append('\n').append(line).append('\n'));
    return text.toString();
  }

  /** The commands of the first questions; all are in the answer of the query {@code status}. */
  private static String questions(List<TaskReport> tasks) {
    StringBuilder text = new StringBuilder();
    for (TaskReport task : tasks) {
      Question question = task.question();
      if (question == null || text.length() > MAX_QUESTIONS) {
        break;
      }
      text.append("\n**").append(cell(task.id())).append("** waits for a person since ");
      text.append(question.since().toString(), 0, 19).append("Z:\n\n");
      Stream.concat(question.look().stream(), question.answers().stream())
          .filter(command -> command.command().length() <= MAX_COMMAND)
          .forEach(
              command -> text.append("- `")
                  .append(command.command().replace('`', '\''))
                  .append("` ")
                  .append(command.does())
                  .append('\n'));
    }
    return text.toString();
  }

  private static String row(TaskReport task, Instant now) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s |\n",
        cell(task.id()),
        mark(task.status()) + " " + task.status().key(),
        cell(task.familiar()),
        task.attempts() == 0 ? "" : task.attempts(),
        duration(task, now),
        task.usage().costUsd() == 0
            ? ""
            : String.format(Locale.ROOT, "$%.4f", task.usage().costUsd()),
        cell(task.because()));
  }

  private static String mark(TaskStatus status) {
    return switch (status) {
      case SUCCEEDED -> "✅";
      case FAILED -> "❌";
      case RUNNING -> "▶";
      case WAITING -> "⏳";
      case AWAITING_PERSON -> "❓";
      case ROLLED_BACK -> "↩";
      case SKIPPED -> "⊘";
      case CANCELLED -> "⏹";
      case READY, BLOCKED -> "·";
    };
  }

  private static String duration(TaskReport task, Instant now) {
    Instant started = task.startedAt();
    if (started == null) {
      return "";
    }
    if (task.finishedAt() != null) {
      return String.format(Locale.ROOT, "%.1f s", task.runMs() / 1000.0);
    }
    return "since " + started.toString().substring(11, 19)
        + (now.isBefore(started) ? " (soon)" : "");
  }

  private static String cell(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String line = text.replaceAll("[\\p{Cntrl}]+", " ").replace("\\", "\\\\").replace("|", "\\|");
    line = line.replace("<", "&lt;").replace("`", "'");
    return line.length() <= MAX_CELL ? line : line.substring(0, MAX_CELL - 1) + "…";
  }
}
