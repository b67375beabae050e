package io.archmage.render;

import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timeline as bars of characters: {@code .} waiting for a slot, {@code =} running, {@code +}
 * being merged, {@code x} the end of a failed attempt.
 */
public final class TimelineAscii {

  private static final int LABEL_WIDTH = 24;
  private static final int MIN_BAR = 10;
  private static final int TICK_WIDTH = 9;

  private TimelineAscii() {}

  /** The chart and what it adds up to; for the width see {@link #chart}. */
  public static String render(Timeline timeline, Style style, int width) {
    List<String> lines = new ArrayList<>(chart(timeline, style, width));
    lines.add("");
    lines.addAll(Totals.lines(timeline.makespanMs(), timeline.sequentialMs()));
    return String.join("\n", lines) + "\n";
  }

  /**
   * A scale and a line for every bar, none wider than {@code width}, but bars at least ten columns
   * long.
   */
  static List<String> chart(Timeline timeline, Style style, int width) {
    long end = end(timeline);
    int label = 4;
    int tail = 8;
    for (Timeline.Bar bar : timeline.bars()) {
      label = Math.max(label, DisplayWidth.of(label(bar)));
      tail = Math.max(tail, time(bar).length());
    }
    int columns = Math.max(MIN_BAR, width - label - tail - 4);
    List<String> lines = new ArrayList<>();
    lines.add(" ".repeat(label + 2) + scale(end, columns));
    for (Timeline.Bar bar : timeline.bars()) {
      String name = label(bar);
      String cells = cells(bar, end, columns);
      lines.add(
          (name
              + " ".repeat(label - DisplayWidth.of(name) + 2)
              + style.of(bar.status(), cells)
              + "  "
              + time(bar))
              .stripTrailing());
    }
    return lines;
  }

  /** Round times, each beginning in its column if it has room there, as many as have room. */
  private static String scale(long end, int columns) {
    StringBuilder scale = new StringBuilder();
    for (long tick : TimeAxis.ticks(end, Math.max(2, columns / TICK_WIDTH))) {
      String text = tick == 0 ? "0" : Durations.ofMillis(tick);
      int column = (int) Math.min(tick * columns / end, columns - text.length());
      if (column >= scale.length()) {
        scale.repeat(' ', column - scale.length()).append(text).append(' ');
      }
    }
    return scale.toString().stripTrailing();
  }

  private static String label(Timeline.Bar bar) {
    String text = TerminalSafe.line(bar.task()) + " (" + TerminalSafe.line(bar.familiar()) + ")";
    return TerminalSafe.cut(text, LABEL_WIDTH);
  }

  private static String time(Timeline.Bar bar) {
    if (bar.startMs() == null) {
      return bar.status().key();
    }
    return bar.endMs() == null
        ? bar.status().key()
        : Durations.ofMillis(bar.endMs() - bar.startMs());
  }

  private static long end(Timeline timeline) {
    long end = Math.max(1, timeline.makespanMs());
    for (Timeline.Bar bar : timeline.bars()) {
      end = Math.max(end, max(max(bar.endMs(), bar.integratedMs()), bar.startMs()));
    }
    return end;
  }

  private static long max(@Nullable Long first, @Nullable Long second) {
    return Math.max(first == null ? 0 : first, second == null ? 0 : second);
  }

  private static String cells(Timeline.Bar bar, long end, int columns) {
    char[] cells = " ".repeat(columns).toCharArray();
    if (bar.startMs() == null) {
      return new String(cells);
    }
    long finish = bar.endMs() == null ? end : bar.endMs();
    if (bar.readyMs() != null) {
      fill(cells, bar.readyMs(), bar.startMs(), end, '.');
    }
    fill(cells, finish, bar.integratedMs() == null ? finish : bar.integratedMs(), end, '+');
    fill(cells, bar.startMs(), finish, end, '=');
    cells[column(bar.startMs(), end, columns)] = '=';
    if (bar.status() == TaskStatus.FAILED) {
      cells[column(finish, end, columns)] = 'x';
    }
    return new String(cells);
  }

  private static void fill(char[] cells, long from, long to, long end, char mark) {
    if (to <= from) {
      return;
    }
    int last = column(to, end, cells.length);
    for (int i = column(from, end, cells.length); i <= last; i++) {
      if (i < last || cells[i] == ' ') {
        cells[i] = mark;
      }
    }
  }

  private static int column(long at, long end, int columns) {
    return (int) Math.min(columns - 1, Math.max(0, at) * columns / end);
  }
}
