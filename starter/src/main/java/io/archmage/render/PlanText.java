package io.archmage.render;

import io.archmage.plan.DependencyType;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.ConflictView;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.FileView;
import io.archmage.preview.PlanView.TaskView;
import java.util.ArrayList;
import java.util.List;

/** The view of a plan as text. */
public final class PlanText {

  /** More edges, files or bars are only counted. */
  static final int MAX_LINES = 100;

  private static final String REST = "; --format json has all of them";

  private PlanText() {}

  /** The view, its chart no wider than {@code width}. */
  public static String render(PlanView view, Style style, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold("Parallel Execution Plan"));
    if (view.name() != null) {
      lines.add("Name: " + TerminalSafe.line(view.name()));
    }
    int total = view.familiars().stream().mapToInt(PlanView.FamiliarView::tasks).sum();
    lines.add("Total tasks: " + total);
    lines.add("Batches: " + view.batchCount());
    lines.add("Max parallelism: " + view.maxParallelism());
    if (view.barrier()) {
      lines.add("Barriers: a stage begins when the one before it has ended");
    }
    batches(view, style, lines);
    reasons(view, style, lines);
    files(view, style, lines);
    lines.add("");
    lines.add(style.bold("Simulated timeline") + "   . waits for a slot   = runs");
    lines.addAll(TimelineAscii.chart(PlanTimes.timeline(view, MAX_LINES), style, width));
    if (view.tasks().size() > MAX_LINES) {
      lines.add("… and " + (view.tasks().size() - MAX_LINES) + " later ones" + REST);
    }
    lines.add("");
    int name = PlanWords.figures(view).stream().mapToInt(f -> f.name().length()).max().orElse(0);
    for (PlanWords.Figure figure : PlanWords.figures(view)) {
      lines.add(figure.name() + " ".repeat(name + 2 - figure.name().length()) + figure.value());
    }
    return String.join("\n", lines) + "\n";
  }

  private static void batches(PlanView view, Style style, List<String> lines) {
    view.tasksByBatch()
        .forEach(
            (batch, tasks) -> {
              lines.add("");
              lines.add(
                  style.bold("Batch " + batch + ":") + " (" + tasks.size()
                      + " task(s) in parallel)");
              for (TaskView task : tasks) {
                lines.add("  • " + PlanWords.id(task.id()) + dependsOn(task));
                if (!task.title().equals(task.id())) {
                  lines.add("    " + TerminalSafe.line(task.title()));
                }
              }
            });
  }

  private static String dependsOn(TaskView task) {
    List<String> hard = before(task, DependencyType.HARD);
    List<String> soft = before(task, DependencyType.SOFT);
    String needs = hard.isEmpty() ? "" : " (depends on: " + PlanWords.ids(hard) + ")";
    return needs + (soft.isEmpty() ? "" : " (rather after: " + PlanWords.ids(soft) + ")");
  }

  private static List<String> before(TaskView task, DependencyType type) {
    return task.dependsOn(type).stream().map(DependencyView::id).toList();
  }

  private static void reasons(PlanView view, Style style, List<String> lines) {
    List<String> edges = new ArrayList<>();
    List<String> becauses = new ArrayList<>();
    for (TaskView task : view.tasks()) {
      for (DependencyView dependency : task.dependsOn()) {
        edges.add(
            PlanWords.id(dependency.id())
                + " "
                + PlanWords.arrow(dependency.type())
                + " "
                + PlanWords.id(task.id()));
        becauses.add(PlanWords.because(dependency.because(), dependency.detail()));
      }
    }
    int shown = Math.min(MAX_LINES, edges.size());
    int width =
        edges.subList(0, shown).stream().mapToInt(DisplayWidth::of).max().orElse(0);
    List<String> reasons = new ArrayList<>();
    for (int edge = 0; edge < edges.size(); edge++) {
      int gap = Math.max(0, width - DisplayWidth.of(edges.get(edge)));
      reasons.add("  " + edges.get(edge) + " ".repeat(gap + 2) + becauses.get(edge));
    }
    section("Why tasks wait", reasons, style, lines);
  }

  private static void files(PlanView view, Style style, List<String> lines) {
    List<String> files = new ArrayList<>();
    for (ConflictView conflict : view.conflicts()) {
      files.add(
          "  "
              + TerminalSafe.line(conflict.file())
              + "  "
              + PlanWords.ids(conflict.tasks())
              + ": "
              + PlanWords.resolution(conflict));
    }
    section("Files of several tasks", files, style, lines);
    List<String> fine = new ArrayList<>();
    for (FileView file : view.filesWithoutConflict()) {
      fine.add("  " + TerminalSafe.line(file.file()) + "  " + PlanWords.id(file.task()));
    }
    section("Files without conflict", fine, style, lines);
    List<String> unknown =
        view.unknownOutputs().stream().map(id -> "  " + PlanWords.id(id)).toList();
    section("Tasks that do not say what they write", unknown, style, lines);
  }

  private static void section(
      String title, List<String> content, Style style, List<String> lines) {
    if (content.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(style.bold(title));
    lines.addAll(content.subList(0, Math.min(MAX_LINES, content.size())));
    if (content.size() > MAX_LINES) {
      lines.add("  … and " + (content.size() - MAX_LINES) + " more" + REST);
    }
  }
}
