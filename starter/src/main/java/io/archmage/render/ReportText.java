package io.archmage.render;

import io.archmage.contract.Published;
import io.archmage.report.Metric;
import io.archmage.report.Metrics;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as text. */
public final class ReportText {

  /** Lines of a failed task's or of the run's output that are shown. */
  private static final int OUTPUT_LINES = 10;

  private ReportText() {}

  /** The report with all figures, no line of its table wider than {@code width}. */
  public static String render(RunReport report, Style style, int width) {
    return render(report, List.of(Metric.values()), style, width);
  }

  /** The report with the chosen figures, no line of its table wider than {@code width}. */
  public static String render(RunReport report, List<Metric> chosen, Style style, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(TerminalSafe.line(report.runId()))
            + "  "
            + style.of(report.status(), report.status().key())
            + "  "
            + succeeded(report));
    lines.add("");
    lines.addAll(table(report, style).lines(style, width));
    for (TaskReport task : report.tasks()) {
      explain(task, lines);
    }
    if (!report.groups().isEmpty()) {
      lines.add("");
      lines.addAll(WorktreeText.lines(report.groups(), style, width));
    }
    lines.add("");
    lines.add(
        "Branch     "
            + TerminalSafe.line(report.branch())
            + " at "
            + Commits.shorten(report.headCommit()));
    published(report.published(), lines);
    lines.add("Time       " + time(report.metrics()));
    cost(report, lines);
    lines.addAll(MetricText.lines(report.metrics(), chosen));
    output(report.output(), lines);
    report.notes().forEach(note -> lines.add("Note       " + TerminalSafe.line(note)));
    if (report.truncated() && report.reportRef() != null) {
      lines.add("Shortened  the whole report is " + TerminalSafe.line(report.reportRef()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String succeeded(RunReport report) {
    long good =
        report.tasks().stream().filter(task -> task.status() == TaskStatus.SUCCEEDED).count();
    return good + " of " + report.tasks().size() + " tasks succeeded";
  }

  private static Tables table(RunReport report, Style style) {
    Tables table = new Tables("TASK", "FAMILIAR", "STATUS", "TRIES", "TIME", "MERGE", "FILES");
    for (TaskReport task : report.tasks()) {
      table.row(
          TaskCells.id(task),
          TaskCells.familiar(task),
          TaskCells.status(task, style),
          Tables.Cell.of(String.valueOf(task.attempts())),
          TaskCells.time(task, Instant.EPOCH),
          Tables.Cell.of(merge(task)),
          Tables.Cell.of(TerminalSafe.line(String.join(" ", task.changedFiles()))));
    }
    return table;
  }

  /** How the task was merged, in a word. */
  static String merge(TaskReport task) {
    if (task.merge() == null) {
      return "";
    }
    return TerminalSafe.line(
        task.merge().outcome().equals("merged") ? task.merge().how() : task.merge().outcome());
  }

  private static void explain(TaskReport task, List<String> lines) {
    boolean bad =
        switch (task.status()) {
          case FAILED, SKIPPED, ROLLED_BACK, CANCELLED, AWAITING_PERSON -> true;
          case BLOCKED, READY, WAITING, RUNNING, SUCCEEDED -> false;
        };
    if (!bad && task.notes().isEmpty()) {
      return;
    }
    lines.add("");
    String because = task.because() == null ? "" : ": " + task.because();
    lines.add(TerminalSafe.line(task.id() + " " + task.status().key() + because));
    task.notes().forEach(note -> lines.add("  note: " + TerminalSafe.line(note)));
    if (task.status() == TaskStatus.FAILED && task.output() != null) {
      List<String> output = TerminalSafe.block(task.output()).strip().lines().toList();
      int from = Math.max(0, output.size() - OUTPUT_LINES);
      output.subList(from, output.size()).forEach(line -> lines.add("  | " + line));
    }
  }

  private static void published(@Nullable Published published, List<String> lines) {
    if (published == null) {
      lines.add("Published  no");
      return;
    }
    String branch =
        published.branch() == null ? "any branch" : TerminalSafe.line(published.branch());
    if (!published.how().equals("left")) {
      lines.add(
          "Published  "
              + branch
              + " at "
              + Commits.shorten(published.commit())
              + " ("
              + TerminalSafe.line(published.how())
              + ")");
      return;
    }
    String because =
        published.because() == null ? "" : ": " + TerminalSafe.line(published.because());
    lines.add("Published  not to " + branch + because);
    if (published.command() != null) {
      lines.add("           " + TerminalSafe.line(published.command()));
    }
  }

  private static void output(@Nullable String output, List<String> lines) {
    if (output == null || output.isBlank()) {
      return;
    }
    List<String> all = TerminalSafe.block(output).strip().lines().toList();
    lines.add("Output     " + all.getFirst());
    all.stream().skip(1).limit(OUTPUT_LINES - 1L).forEach(line -> lines.add("           " + line));
    if (all.size() > OUTPUT_LINES) {
      lines.add("           …");
    }
  }

  private static String time(Metrics metrics) {
    StringBuilder text = new StringBuilder(Durations.ofMillis(metrics.makespanMs()));
    if (metrics.sequentialMs() > 0 && metrics.makespanMs() > 0) {
      text.append("; one after another ").append(Durations.ofMillis(metrics.sequentialMs()));
      text.append(
          String.format(Locale.ROOT, "; speedup %.2f", metrics.parallelSpeedupRatio()));
    }
    if (metrics.lowerBoundMs() > 0) {
      text.append("; no schedule takes less than ")
          .append(Durations.ofMillis(metrics.lowerBoundMs()));
    }
    return text.toString();
  }

  private static void cost(RunReport report, List<String> lines) {
    if (report.costs().usd() > 0
        || report.costs().inputTokens() > 0
        || report.costs().outputTokens() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "Cost       $%.4f; %d tokens read, %d written",
              report.costs().usd(),
              report.costs().inputTokens(),
              report.costs().outputTokens()));
    }
  }
}
