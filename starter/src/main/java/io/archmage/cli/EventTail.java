package io.archmage.cli;

import io.archmage.report.RunEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is new in a list of events that grows at its end and may lose its start. */
final class EventTail {

  private @Nullable RunEvent last;

  /** The events after the newest one seen before; all if that is not among them. */
  List<RunEvent> fresh(List<RunEvent> events) {
    if (events.isEmpty()) {
      return events;
    }
    int seen = last == null ? 0 : events.lastIndexOf(last) + 1;
    List<RunEvent> fresh = events.subList(seen, events.size());
    last = events.getLast();
    return fresh;
  }
}
