package io.archmage.render;

import io.archmage.contract.Published;
import io.archmage.report.Metric;
import io.archmage.report.RunReport;
import io.archmage.report.TaskReport;
import io.archmage.report.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A report as one HTML file that loads nothing and runs no script. Everything that comes from the
 * plan, the familiars or the repository is escaped.
 */
public final class ReportHtml {

  private static final String HEAD =
      """
          <!DOCTYPE html>
          <html lang="en">
          <head>
          <meta charset="utf-8">
          <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
          style-src 'unsafe-inline'">
          <meta name="viewport" content="width=device-width">
          <title>%1$s</title>
          <style>
          body{font:15px/1.45 ui-sans-serif,system-ui,sans-serif;color:#222;margin:2em auto;\
          max-width:76em;padding:0 1em}
          table{border-collapse:collapse}
          th,td{text-align:left;vertical-align:top;padding:.25em 1em .25em 0;\
          border-bottom:1px solid #e3e3e3}
          th{font-weight:600}
          code,pre{font:13px/1.4 ui-monospace,monospace}
          pre{background:#f6f6f6;padding:.6em;overflow-x:auto}
          .wide{overflow-x:auto}
          .failed,.rolled_back{color:#b3261e}
          .succeeded,.completed{color:#1b7a3d}
          </style>
          </head>
          <body>
          """;

  private final StringBuilder html = new StringBuilder();
  private final RunReport report;
  private final Timeline timeline;

  private ReportHtml(RunReport report, Timeline timeline) {
    this.report = report;
    this.timeline = timeline;
  }

  /** The whole file. */
  public static String render(RunReport report, Timeline timeline) {
    return new ReportHtml(report, timeline).page();
  }

  private String page() {
    html.append(HEAD.replace("%1$s", Markup.escape("Report of " + report.runId())));
    html.append("<h1>" + Markup.escape(report.runId()) + "</h1>\n");
    summary();
    tasks();
    html.append("<h2>Timeline</h2>\n<div class=\"wide\">\n")
        .append(RunBars.svg(timeline))
        .append("</div>\n");
    Totals.lines(timeline.makespanMs(), timeline.sequentialMs())
        .forEach(line -> html.append("<p>" + Markup.escape(line) + "</p>\n"));
    metrics();
    details();
    commands();
    return html.append("</body>\n</html>\n").toString();
  }

  private void summary() {
    html.append("<table>\n");
    String status = report.status().key();
    html.append("<tr><th>Status</th><td class=\"" + status + "\">" + status + "</td></tr>\n");
    long good =
        report.tasks().stream().filter(task -> task.status().key().equals("succeeded")).count();
    row("Tasks", good + " of " + report.tasks().size() + " succeeded");
    row("Execution", report.execution().key());
    row("Repository", report.repository());
    row("Base", report.baseCommit());
    row("Branch", report.branch() + " at " + report.headCommit());
    row("Published", published(report.published()));
    row(
        "Cost",
        String.format(
            Locale.ROOT,
            "$%.4f; %d tokens read, %d written",
            report.costs().usd(),
            report.costs().inputTokens(),
            report.costs().outputTokens()));
    report.notes().forEach(note -> row("Note", note));
    html.append("</table>\n");
  }

  private static String published(@Nullable Published published) {
    if (published == null) {
      return "no";
    }
    if (published.how().equals("left")) {
      return "not to " + published.branch() + ": " + published.because();
    }
    return published.branch() + " at " + published.commit() + " (" + published.how() + ")";
  }

  private void tasks() {
    html.append("<h2>Tasks</h2>\n<div class=\"wide\">\n<table>\n<tr>");
    for (String head : List.of("Task", "What", "Familiar", "Status", "Tries", "Time", "Merge",
        "Files", "Why")) {
      html.append("<th>" + head + "</th>");
    }
    html.append("</tr>\n");
    for (TaskReport task : report.tasks()) {
      String status = task.status().key();
      html.append("<tr>");
      cell(task.id());
      cell(task.title().equals(task.id()) ? "" : task.title());
      cell(task.familiar());
      html.append("<td class=\"" + status + "\">" + status + "</td>");
      cell(String.valueOf(task.attempts()));
      cell(TaskCells.time(task, Instant.EPOCH).text());
      cell(ReportText.merge(task));
      cell(String.join(" ", task.changedFiles()));
      cell(task.because() == null ? "" : task.because());
      html.append("</tr>\n");
    }
    html.append("</table>\n</div>\n");
  }

  private void metrics() {
    html.append("<h2>Metrics</h2>\n<table>\n");
    for (Metric metric : Metric.values()) {
      row(metric.label(), MetricText.value(report.metrics(), metric));
    }
    row("lower bound", Durations.ofMillis(report.metrics().lowerBoundMs()));
    html.append("</table>\n");
  }

  private void details() {
    boolean first = true;
    for (TaskReport task : report.tasks()) {
      String output = task.output() == null ? "" : task.output().strip();
      if (output.isEmpty() && task.notes().isEmpty()) {
        continue;
      }
      if (first) {
        html.append("<h2>What the tasks said</h2>\n");
        first = false;
      }
      html.append("<details><summary>" + Markup.escape(task.id()) + "</summary>\n");
      task.notes().forEach(note -> html.append("<p>" + Markup.escape(note) + "</p>\n"));
      if (!output.isEmpty()) {
        html.append("<pre>");
        TerminalSafe.block(output)
            .lines()
            .forEach(this::indented);
        html.append("</pre>\n");
      }
      html.append("</details>\n");
    }
  }

  private void commands() {
    html.append("<h2>To look closer</h2>\n<pre>");
    command("git log --graph " + report.baseCommit() + ".." + report.branch());
    command("git diff " + report.baseCommit() + " " + report.headCommit());
    if (report.reportRef() != null) {
      command("git cat-file -p " + report.reportRef());
    }
    for (TaskReport task : report.tasks()) {
      if (task.commit() != null) {
        command("git show " + task.commit() + "  # " + task.id());
      }
      if (task.outputRef() != null) {
        command("git show " + task.outputRef() + ":output  # what " + task.id() + " said");
      }
    }
    if (report.published() != null && report.published().command() != null) {
      command(report.published().command());
    }
    html.append("</pre>\n");
  }

  private void indented(String line) {
    int indent = line.length() - line.stripLeading().length();
    html.repeat(' ', indent).append(Markup.escape(line)).append('\n');
  }

  private void command(String line) {
    html.append(Markup.escape(line)).append('\n');
  }

  private void row(String name, String value) {
    html.append("<tr><th>" + Markup.escape(name) + "</th>");
    cell(value);
    html.append("</tr>\n");
  }

  private void cell(String text) {
    html.append("<td>" + Markup.escape(text) + "</td>");
  }
}
