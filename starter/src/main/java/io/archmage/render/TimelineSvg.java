package io.archmage.render;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bars on a time axis as one SVG element that needs nothing else: it can stand in a file of its own
 * or in an HTML page. All text is escaped.
 */
public final class TimelineSvg {

  private static final int ROW = 24;
  private static final int BAR = 14;
  private static final int HEAD = 28;
  private static final int LABEL_COLUMNS = 32;
  private static final int COLUMN = 7;
  private static final int PLOT = 720;
  private static final int TAIL = 90;
  private static final int MAX_TICKS = 10;

  private static final String STYLE =
      """
          <style>
          .tl text{font:12px ui-sans-serif,system-ui,sans-serif;fill:#333}
          .tl .tick{fill:#888;font-size:11px}
          .tl .grid{stroke:#e3e3e3}
          .tl .waits{fill:#d9d9d9}
          .tl .merges{fill:#a98fd0}
          .tl .planned{fill:#5b8def}
          .tl .running{fill:#3aa6b9}
          .tl .succeeded{fill:#4caf6d}
          .tl .failed{fill:#d9534f}
          .tl .stopped{fill:#e0a83a}
          </style>
          """;

  private TimelineSvg() {}

  /** What a bar's colour says. */
  public enum Tone {
    /** It is expected. */
    PLANNED,
    /** It is under way. */
    RUNNING,
    /** It ended well. */
    SUCCEEDED,
    /** It failed. */
    FAILED,
    /** It was skipped, cancelled or waits for a person. */
    STOPPED
  }

  /**
   * A bar. All times are milliseconds from the axis's origin.
   *
   * @param label what stands before it
   * @param note what stands behind it
   * @param tone its colour
   * @param readyMs from when it only waited for a slot, or null
   * @param startMs when it began, or null for a row without a bar
   * @param endMs when it ended, or null while it goes on
   * @param integratedMs when what came of it was merged, or null
   */
  public record Bar(
      String label,
      String note,
      Tone tone,
      @Nullable Long readyMs,
      @Nullable Long startMs,
      @Nullable Long endMs,
      @Nullable Long integratedMs) {}

  /**
   * The bars from top to bottom.
   *
   * @param title what the picture shows, for those who cannot see it
   * @param bars the rows
   * @param endMs the end of the axis; it is longer if a bar is
   */
  public static String render(String title, List<Bar> bars, long endMs) {
    long end = Math.max(1, endMs);
    int columns = 4;
    for (Bar bar : bars) {
      for (Long time : new Long[] {bar.startMs(), bar.endMs(), bar.integratedMs()}) {
        end = Math.max(end, time == null ? 0 : time);
      }
      columns = Math.max(columns, DisplayWidth.of(label(bar)));
    }
    return new Drawing(columns * COLUMN + 12, end).draw(title, bars);
  }

  private static String label(Bar bar) {
    return TerminalSafe.cut(TerminalSafe.line(bar.label()), LABEL_COLUMNS);
  }

  private static final class Drawing {
    private final int left;
    private final long end;
    private final StringBuilder svg = new StringBuilder();

    Drawing(int left, long end) {
      this.left = left;
      this.end = end;
    }

    String draw(String title, List<Bar> bars) {
      int width = left + PLOT + TAIL;
      int height = HEAD + bars.size() * ROW + 8;
      svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tl\" role=\"img\" width=\"")
          .append(width)
          .append("\" height=\"")
          .append(height)
          .append("\" viewBox=\"0 0 ")
          .append(width + " " + height)
          .append("\">\n<title>")
          .append(Markup.escape(title))
          .append("</title>\n")
          .append(STYLE);
      for (long tick : TimeAxis.ticks(end, MAX_TICKS)) {
        tick(tick, height);
      }
      for (int row = 0; row < bars.size(); row++) {
        row(bars.get(row), HEAD + row * ROW);
      }
      return svg.append("</svg>\n").toString();
    }

    private void tick(long tick, int height) {
      String at = number(x(tick));
      svg.append("<line class=\"grid\" x1=\"" + at + "\" x2=\"" + at + "\" y1=\"" + (HEAD - 6))
          .append("\" y2=\"" + (height - 4) + "\"/>\n")
          .append("<text class=\"tick\" text-anchor=\"middle\" x=\"" + at + "\" y=\"14\">")
          .append(tick == 0 ? "0" : Markup.escape(Durations.ofMillis(tick)))
          .append("</text>\n");
    }

    private void row(Bar bar, int top) {
      int middle = top + BAR / 2 + 5;
      svg.append("<g><title>")
          .append(Markup.escape(bar.label() + " " + bar.note()))
          .append("</title>");
      text(label(bar), left - 8, middle, "end");
      double edge = left;
      if (bar.startMs() != null) {
        long finish = bar.endMs() == null ? end : bar.endMs();
        if (bar.readyMs() != null) {
          rectangle("waits", bar.readyMs(), bar.startMs(), top);
        }
        rectangle(bar.tone().name().toLowerCase(Locale.ROOT), bar.startMs(), finish, top);
        edge = x(finish);
        if (bar.integratedMs() != null) {
          rectangle("merges", finish, bar.integratedMs(), top);
          edge = Math.max(edge, x(bar.integratedMs()));
        }
      }
      text(TerminalSafe.cut(TerminalSafe.line(bar.note()), 14), edge + 6, middle, "start");
      svg.append("</g>\n");
    }

    private void rectangle(String tone, long from, long to, int top) {
      double width = x(to) - x(from);
      if (width > 0 || !tone.equals("waits") && !tone.equals("merges")) {
        svg.append("<rect class=\"" + tone + "\" rx=\"2\" x=\"" + number(x(from)) + "\" y=\"" + top)
            .append("\" width=\"" + number(Math.max(1, width)) + "\" height=\"" + BAR + "\"/>");
      }
    }

    private void text(String text, double x, int y, String anchor) {
      svg.append("<text text-anchor=\"" + anchor + "\" x=\"" + number(x) + "\" y=\"" + y + "\">")
          .append(Markup.escape(text))
          .append("</text>");
    }

    private double x(long at) {
      return left + (double) Math.max(0, at) * PLOT / end;
    }

    private static String number(double value) {
      return value == Math.rint(value)
          ? String.valueOf((long) value)
          : String.format(Locale.ROOT, "%.1f", value);
    }
  }
}
