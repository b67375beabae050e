package io.archmage.render;

import io.archmage.report.Question;
import io.archmage.report.StatusPage;
import io.archmage.report.TaskReport;
import java.util.ArrayList;
import java.util.List;

/** What a person is asked, as lines to be read and copied from. */
public final class QuestionLines {

  private static final String PROGRAM = "archmage ";

  private QuestionLines() {}

  /** Every question on the page, an empty line before each. */
  public static List<String> of(StatusPage page, String typed) {
    List<String> lines = new ArrayList<>();
    for (TaskReport task : page.tasks()) {
      if (task.question() != null) {
        lines.add("");
        lines.addAll(of(task, typed));
      }
    }
    return lines;
  }

  /**
   * The question about a task; nothing if there is none.
   *
   * @param typed what a person types for {@code archmage}
   */
  public static List<String> of(TaskReport task, String typed) {
    Question question = task.question();
    if (question == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(TerminalSafe.line(task.id() + " waits for a person: " + question.text()));
    add("To look:", question.look(), typed, lines);
    add("To answer:", question.answers(), typed, lines);
    return lines;
  }

  private static void add(
      String heading, List<Question.Command> commands, String typed, List<String> lines) {
    if (commands.isEmpty()) {
      return;
    }
    lines.add("  " + heading);
    for (Question.Command command : commands) {
      String line = command.command();
      lines.add(
          "    "
              + TerminalSafe.line(
                  line.startsWith(PROGRAM)
                      ? typed + " " + line.substring(PROGRAM.length())
                      : line));
      lines.add("        " + TerminalSafe.line(command.does()));
    }
  }
}
