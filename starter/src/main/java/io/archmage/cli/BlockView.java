package io.archmage.cli;

import io.archmage.render.BlockPainter;
import io.archmage.render.EventText;
import io.archmage.render.ProgressView;
import io.archmage.render.Style;
import io.archmage.render.TerminalSafe;
import io.archmage.report.RunEvent;
import io.archmage.report.StatusPage;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** A repainted block on a terminal; what ended stays as lines above it. */
final class BlockView implements RunView {

  /** What the block itself does not show. */
  private static final Set<String> SHOWN_BY_BLOCK =
      Set.of("task_started", "task_retried", "task_waiting", "task_finished");

  private final BlockPainter painter;
  private final Style style;
  private final IntSupplier width;
  private final Clock clock;
  private final EventTail tail = new EventTail();
  private List<String> block = List.of();
  private boolean ended;

  BlockView(PrintWriter out, Style style, IntSupplier width, Clock clock) {
    painter = new BlockPainter(out);
    this.style = style;
    this.width = width;
    this.clock = clock;
  }

  @Override
  public synchronized void show(StatusPage page) {
    if (!ended) {
      // A line as wide as the terminal would wrap on some.
      int columns = width.getAsInt() - 1;
      block = ProgressView.lines(page, clock.instant(), style, columns);
      painter.paint(lines(page.events(), columns), block);
    }
  }

  @Override
  public synchronized void last(List<RunEvent> events) {
    if (!ended) {
      painter.paint(lines(events, width.getAsInt() - 1), List.of());
      block = List.of();
    }
  }

  @Override
  public synchronized void note(String line) {
    if (!ended) {
      painter.paint(List.of(line), block);
    }
  }

  @Override
  public synchronized void pause() {
    if (!ended) {
      painter.clear();
    }
  }

  @Override
  public synchronized void end() {
    if (!ended) {
      painter.clear();
      ended = true;
    }
  }

  private List<String> lines(List<RunEvent> events, int columns) {
    List<String> lines = new ArrayList<>();
    for (RunEvent event : tail.fresh(events)) {
      if (!SHOWN_BY_BLOCK.contains(event.type())) {
        lines.add(TerminalSafe.cut(EventText.line(event, clock.getZone()), columns));
      }
    }
    return lines;
  }
}
