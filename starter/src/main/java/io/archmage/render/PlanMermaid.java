package io.archmage.render;

import io.archmage.graph.EdgeReason;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.TaskView;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The graph of a plan as a Mermaid flowchart, as GitHub draws it in Markdown. Nodes are named by
 * numbers; what the plan says stands only in quoted labels, where every character that could mean
 * something to Mermaid or to HTML is written as an entity code.
 */
public final class PlanMermaid {

  /** Mermaid refuses to draw more edges unless its page says otherwise; GitHub's does not. */
  public static final int MAX_EDGES = 500;

  /** Mermaid refuses to draw a longer text. */
  public static final int MAX_TEXT = 50_000;

  private static final int LABEL_WIDTH = 60;

  /** A space without width: keeps two dollars from being a formula, and \n from being a line. */
  private static final String NOTHING = "#8203;";

  private PlanMermaid() {}

  /** Whether Mermaid draws the text with its usual limits. */
  public static boolean drawable(String mermaid) {
    return mermaid.length() <= MAX_TEXT
        && mermaid.lines().filter(line -> line.contains("->")).count() <= MAX_EDGES;
  }

  /** The flowchart; edges to tasks that the view leaves out are left out, too. */
  public static String render(PlanView view) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    view.tasks().forEach(task -> numbers.put(task.id(), numbers.size() + 1));
    StringBuilder text = new StringBuilder("flowchart LR\n");
    view.tasksByBatch()
        .forEach(
            (batch, tasks) -> {
              text.append("  subgraph b" + batch + "[\"Batch " + batch + "\"]\n");
              for (TaskView task : tasks) {
                text.append("    t" + numbers.get(task.id()) + "[\"" + label(task) + "\"]\n");
              }
              text.append("  end\n");
            });
    for (TaskView task : view.tasks()) {
      for (DependencyView dependency : task.dependsOn()) {
        Integer from = numbers.get(dependency.id());
        if (from != null) {
          text.append("  t" + from + " " + arrow(dependency) + " t" + numbers.get(task.id()))
              .append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String label(TaskView task) {
    return escape(task.id())
        + "<br/>"
        + escape(task.familiar() + ", " + Durations.ofMillis(task.estimateMs()));
  }

  private static String arrow(DependencyView dependency) {
    String line =
        switch (dependency.type()) {
          case HARD -> "-->";
          case SOFT -> "-.->";
        };
    return dependency.because() == EdgeReason.DECLARED
        ? line
        : line
            + "|\""
            + escape(PlanWords.because(dependency.because(), dependency.detail()))
            + "\"|";
  }

  /** Letters, digits and harmless marks as they are, all else as a decimal entity code. */
  static String escape(String text) {
    String line = TerminalSafe.cut(TerminalSafe.line(text), LABEL_WIDTH);
    StringBuilder result = new StringBuilder();
    boolean afterWord = false;
    for (int point : line.codePoints().toArray()) {
      boolean word = Character.isLetter(point) || point == '…';
      afterWord = afterWord || word;
      if (word || Character.isDigit(point) || point == ' ' || afterWord && harmless(point)) {
        result.appendCodePoint(point);
      } else {
        result.append('#').append(point).append(';');
        if (point == '$' || point == '\\') {
          result.append(NOTHING);
        }
      }
    }
    return result.toString();
  }

  /** Not before the first letter: {@code 1.} and {@code -} begin a list there. */
  private static boolean harmless(int point) {
    return switch (point) {
      case '.', ',', ':', '-', '/', '_' -> true;
      default -> false;
    };
  }
}
