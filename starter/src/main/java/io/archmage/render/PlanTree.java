package io.archmage.render;

import io.archmage.preview.DependencyTree;
import io.archmage.preview.DependencyTree.Link;
import io.archmage.preview.DependencyTree.Row;

/** A dependency tree as text. */
public final class PlanTree {

  private PlanTree() {}

  /** The tree, one task per line; soft dependencies have dashed branches. */
  public static String render(DependencyTree tree, Style style) {
    StringBuilder text = new StringBuilder(style.bold("Task Dependency Tree")).append('\n');
    for (Row row : tree.rows()) {
      row.rails().forEach(goesOn -> text.append(goesOn ? "│  " : "   "));
      text.append(row.last() ? "└" : "├").append(row.link() == Link.SOFT ? "┄ " : "─ ");
      text.append(PlanWords.id(row.task())).append(mark(row)).append('\n');
    }
    return text.toString();
  }

  private static String mark(Row row) {
    return switch (row.mark()) {
      case NONE -> row.link() == Link.SOFT ? " (soft)" : "";
      case SHOWN_ABOVE -> " (see above)";
      case CYCLE -> "  ↺ cycle: it waits for itself";
      case CONTINUES_BELOW -> " (continued below)";
      case CONTINUED -> " (continued)";
    };
  }
}
