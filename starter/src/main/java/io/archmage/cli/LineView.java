package io.archmage.cli;

import io.archmage.render.EventText;
import io.archmage.report.RunEvent;
import io.archmage.report.StatusPage;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;

/** One line for each event: for logs, pipes and terminals that cannot be repainted. */
final class LineView implements RunView {

  private final PrintWriter out;
  private final ZoneId zone;
  private final EventTail tail = new EventTail();
  private boolean ended;

  LineView(PrintWriter out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  @Override
  public synchronized void show(StatusPage page) {
    print(page.events());
  }

  @Override
  public synchronized void last(List<RunEvent> events) {
    print(events);
  }

  @Override
  public synchronized void note(String line) {
    if (!ended) {
      out.println(line);
      out.flush();
    }
  }

  @Override
  public void pause() {
    // Everything it shows stays.
  }

  @Override
  public synchronized void end() {
    ended = true;
  }

  private void print(List<RunEvent> events) {
    if (!ended) {
      tail.fresh(events).forEach(event -> out.println(EventText.line(event, zone)));
      out.flush();
    }
  }
}
