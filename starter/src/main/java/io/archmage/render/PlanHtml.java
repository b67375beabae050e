package io.archmage.render;

import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.ConflictView;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.FileView;
import io.archmage.preview.PlanView.TaskView;
import java.util.List;

/** The view of a plan as one HTML file that loads nothing and runs no script. */
public final class PlanHtml {

  private static final String HEAD =
      """
          <!DOCTYPE html>
          <html lang="en">
          <head>
          <meta charset="utf-8"/>
          <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
          style-src 'unsafe-inline'"/>
          <meta name="viewport" content="width=device-width"/>
          <title>%1$s</title>
          <style>
          body{font:15px/1.45 ui-sans-serif,system-ui,sans-serif;color:#222;margin:2em auto;\
          max-width:72em;padding:0 1em}
          table{border-collapse:collapse}
          th,td{text-align:left;vertical-align:top;padding:.25em 1em .25em 0;\
          border-bottom:1px solid #e3e3e3}
          th{font-weight:600}
          .wide{overflow-x:auto}
          .warning{color:#8a5a00}
          </style>
          </head>
          <body>
          <h1>%1$s</h1>
          """;

  private final StringBuilder html = new StringBuilder();

  private PlanHtml() {}

  /** The whole file. */
  public static String render(PlanView view) {
    return new PlanHtml().page(view);
  }

  private String page(PlanView view) {
    String name = view.name() == null ? "Execution plan" : "Execution plan: " + view.name();
    html.append(HEAD.replace("%1$s", Markup.escape(name)));
    int total = view.familiars().stream().mapToInt(PlanView.FamiliarView::tasks).sum();
    html.append("<p>")
        .append(total + " tasks in " + view.batchCount() + " batches, at most ")
        .append(view.maxParallelism() + " in one")
        .append(view.batch() == null ? "" : "; shown is batch " + view.batch())
        .append(view.barrier() ? ". A stage begins when the one before it has ended" : "")
        .append(".</p>\n");
    for (String warning : view.warnings()) {
      html.append("<p class=\"warning\">Warning: " + Markup.escape(warning) + "</p>\n");
    }
    html.append("<table>\n");
    for (PlanWords.Figure figure : PlanWords.figures(view)) {
      row(figure.name(), figure.value());
    }
    html.append("</table>\n<h2>Graph</h2>\n<div class=\"wide\">\n")
        .append(PlanGraphSvg.render(view))
        .append("</div>\n<h2>Simulated timeline</h2>\n<div class=\"wide\">\n")
        .append(
            TimelineSvg.render("Simulated timeline", PlanTimes.bars(view), view.makespanMs()))
        .append("</div>\n");
    tasks(view.tasks());
    files(view);
    return html.append("</body>\n</html>\n").toString();
  }

  private void tasks(List<TaskView> tasks) {
    table("Tasks", "Task", "What", "Familiar", "Batch", "Starts", "Needs", "Depends on");
    for (TaskView task : tasks) {
      row(
          task.id(),
          task.title().equals(task.id()) ? "" : task.title(),
          task.familiar(),
          String.valueOf(task.batch()),
          time(task.startMs()),
          time(task.estimateMs()),
          String.join("; ", task.dependsOn().stream().map(PlanHtml::dependency).toList()));
    }
    html.append("</table>\n");
  }

  /** Not broken over two lines. */
  private static String time(long millis) {
    return Durations.ofMillis(millis).replace(' ', '\u00a0');
  }

  private static String dependency(DependencyView dependency) {
    return dependency.id()
        + " ("
        + PlanWords.because(dependency.because(), dependency.detail())
        + switch (dependency.type()) {
          case HARD -> ")";
          case SOFT -> ", soft)";
        };
  }

  private void files(PlanView view) {
    if (!view.conflicts().isEmpty()) {
      table("Files of several tasks", "File", "Tasks", "Resolution");
      for (ConflictView conflict : view.conflicts()) {
        row(
            conflict.file(),
            PlanWords.ids(conflict.tasks()),
            PlanWords.resolution(conflict));
      }
      html.append("</table>\n");
    }
    if (!view.filesWithoutConflict().isEmpty()) {
      table("Files without conflict", "File", "Task");
      for (FileView file : view.filesWithoutConflict()) {
        row(file.file(), file.task());
      }
      html.append("</table>\n");
    }
    if (!view.unknownOutputs().isEmpty()) {
      html.append("<h2>Tasks that do not say what they write</h2>\n<p>")
          .append(Markup.escape(PlanWords.ids(view.unknownOutputs())))
          .append("</p>\n");
    }
  }

  private void table(String title, String... heads) {
    html.append("<h2>" + Markup.escape(title) + "</h2>\n<table>\n<tr>");
    for (String head : heads) {
      html.append("<th>" + Markup.escape(head) + "</th>");
    }
    html.append("</tr>\n");
  }

  private void row(String... cells) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append("<td>" + Markup.escape(cell) + "</td>");
    }
    html.append("</tr>\n");
  }
}
