package io.archmage.render;

import io.archmage.plan.DependencyType;
import io.archmage.preview.PlanView;
import io.archmage.preview.PlanView.DependencyView;
import io.archmage.preview.PlanView.TaskView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The graph of a plan as one SVG element: a column per batch, soft edges dashed. */
final class PlanGraphSvg {

  private static final int BOX_WIDTH = 170;
  private static final int BOX_HEIGHT = 40;
  private static final int COLUMN = 240;
  private static final int ROW = 54;
  private static final int HEAD = 30;
  private static final int NAME_COLUMNS = 22;

  private static final String STYLE =
      """
          <style>
          .graph text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#333}
          .graph .who{fill:#777;font-size:11px}
          .graph rect{fill:#eef3fd;stroke:#5b8def}
          .graph path{fill:none;stroke:#888}
          .graph .added{stroke:#c77b1e}
          .graph .soft{stroke-dasharray:4 4}
          </style>
          <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" \
          markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8"/></marker></defs>
          """;

  private final Map<String, int[]> corners = new LinkedHashMap<>();
  private final StringBuilder svg = new StringBuilder();

  private PlanGraphSvg() {}

  /** The drawing; edges to tasks that the view leaves out are left out, too. */
  static String render(PlanView view) {
    return new PlanGraphSvg().draw(view);
  }

  private String draw(PlanView view) {
    SortedMap<Integer, List<TaskView>> batches = view.tasksByBatch();
    int rows = batches.values().stream().mapToInt(List::size).max().orElse(0);
    int width = batches.size() * COLUMN;
    int height = HEAD + rows * ROW;
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" role=\"img\" width=\"")
        .append(width)
        .append("\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n")
        .append("<title>The plan's tasks, batch by batch</title>\n")
        .append(STYLE);
    int column = 0;
    for (var batch : batches.entrySet()) {
      int left = column * COLUMN + 10;
      svg.append("<text x=\"" + left + "\" y=\"18\">Batch " + batch.getKey() + "</text>\n");
      for (int row = 0; row < batch.getValue().size(); row++) {
        corners.put(batch.getValue().get(row).id(), new int[] {left, HEAD + row * ROW});
      }
      column++;
    }
    view.tasks().forEach(this::edges);
    view.tasks().forEach(this::box);
    return svg.append("</svg>\n").toString();
  }

  private void edges(TaskView task) {
    int[] to = corners.get(task.id());
    for (DependencyView dependency : task.dependsOn()) {
      int[] from = corners.get(dependency.id());
      if (from == null || to == null) {
        continue;
      }
      svg.append("<path class=\"" + kind(dependency) + "\" marker-end=\"url(#tip)\" d=\"")
          .append(curve(from, to))
          .append("\"><title>")
          .append(Markup.escape(dependency.id()))
          .append(" " + Markup.escape(PlanWords.arrow(dependency.type())) + " ")
          .append(Markup.escape(task.id()))
          .append(": ")
          .append(Markup.escape(PlanWords.because(dependency.because(), dependency.detail())))
          .append("</title></path>\n");
    }
  }

  /** From the right side to the left one of a later column; soft edges may lead elsewhere. */
  private static String curve(int[] from, int[] to) {
    boolean back = to[0] < from[0];
    int startX = back ? from[0] : from[0] + BOX_WIDTH;
    int endX = to[0] <= from[0] ? to[0] + BOX_WIDTH : to[0];
    int startY = from[1] + BOX_HEIGHT / 2;
    int endY = to[1] + BOX_HEIGHT / 2;
    int bend = Math.max(30, Math.abs(endX - startX) / 2);
    int leave = back ? startX - bend : startX + bend;
    int arrive = to[0] <= from[0] ? endX + bend : endX - bend;
    return "M%d %dC%d %d %d %d %d %d"
        .formatted(startX, startY, leave, startY, arrive, endY, endX, endY);
  }

  private static String kind(DependencyView dependency) {
    String origin =
        switch (dependency.because()) {
          case DECLARED -> "declared";
          case ARTIFACT, STAGE, RULE, FILE_CONFLICT, GROUP -> "added";
        };
    return dependency.type() == DependencyType.SOFT ? origin + " soft" : origin;
  }

  private void box(TaskView task) {
    int[] corner = corners.get(task.id());
    if (corner == null) {
      return;
    }
    int x = corner[0] + 8;
    String id = TerminalSafe.cut(PlanWords.id(task.id()), NAME_COLUMNS);
    String who = task.familiar() + ", " + Durations.ofMillis(task.estimateMs());
    svg.append("<g><title>")
        .append(Markup.escape(task.id() + ": " + task.title()))
        .append("</title><rect rx=\"5\" x=\"" + corner[0] + "\" y=\"" + corner[1])
        .append("\" width=\"" + BOX_WIDTH + "\" height=\"" + BOX_HEIGHT + "\"/>")
        .append("<text x=\"" + x + "\" y=\"" + (corner[1] + 17) + "\">" + Markup.escape(id))
        .append("</text><text class=\"who\" x=\"" + x + "\" y=\"" + (corner[1] + 32) + "\">")
        .append(Markup.escape(TerminalSafe.cut(TerminalSafe.line(who), NAME_COLUMNS + 4)))
        .append("</text></g>\n");
  }
}
