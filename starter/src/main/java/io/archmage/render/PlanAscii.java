package io.archmage.render;

import io.archmage.plan.DependencyType;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.TaskView;
import java.util.ArrayList;
import java.util.List;

/**
 * The graph of a plan as a drawing of ASCII characters: a box per batch from top to bottom, a line
 * per task with what it waits for, {@code <--} hard and {@code <..} soft.
 */
public final class PlanAscii {

  private static final int MIN_WIDTH = 24;

  private PlanAscii() {}

  /** The drawing, no wider than {@code width} but at least 24 columns. */
  public static String render(PlanView view, int width) {
    int name = 0;
    int inner = 0;
    for (TaskView task : view.tasks()) {
      name = Math.max(name, DisplayWidth.of(name(task)));
    }
    List<String> lines = new ArrayList<>();
    for (TaskView task : view.tasks()) {
      inner = Math.max(inner, DisplayWidth.of(line(task, name)));
    }
    inner = Math.max(12, Math.min(inner, Math.max(MIN_WIDTH, width) - 4));
    for (var batch : view.tasksByBatch().entrySet()) {
      if (!lines.isEmpty()) {
        lines.add("    |");
        lines.add("    v");
      }
      String head = "-- Batch " + batch.getKey() + " ";
      lines.add("+" + head + "-".repeat(inner + 2 - head.length()) + "+");
      for (TaskView task : batch.getValue()) {
        String text = TerminalSafe.cut(line(task, name), inner);
        lines.add("| " + text + " ".repeat(inner - DisplayWidth.of(text)) + " |");
      }
      lines.add("+" + "-".repeat(inner + 2) + "+");
    }
    return String.join("\n", lines) + "\n";
  }

  private static String name(TaskView task) {
    return PlanWords.id(task.id()) + " (" + TerminalSafe.line(task.familiar()) + ")";
  }

  private static String line(TaskView task, int width) {
    String name = name(task);
    StringBuilder line = new StringBuilder(name);
    List<String> hard = reasons(task, DependencyType.HARD);
    List<String> soft = reasons(task, DependencyType.SOFT);
    if (!hard.isEmpty() || !soft.isEmpty()) {
      line.append(" ".repeat(width - DisplayWidth.of(name)));
    }
    if (!hard.isEmpty()) {
      line.append("  <-- ").append(String.join(", ", hard));
    }
    if (!soft.isEmpty()) {
      line.append("  <.. ").append(String.join(", ", soft));
    }
    return line.toString();
  }

  private static List<String> reasons(TaskView task, DependencyType type) {
    return task.dependsOn(type).stream().map(PlanAscii::reason).toList();
  }

  private static String reason(DependencyView dependency) {
    String id = PlanWords.id(dependency.id());
    return switch (dependency.because()) {
      case DECLARED -> id;
      case ARTIFACT, STAGE, RULE, FILE_CONFLICT, GROUP ->
        id + " [" + PlanWords.because(dependency.because(), dependency.detail()) + "]";
    };
  }
}
