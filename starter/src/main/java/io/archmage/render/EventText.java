package io.archmage.render;

import io.archmage.report.RunEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An event as one line. */
public final class EventText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private EventText() {}

  /** Such as {@code 12:00:03 task_started FE: codex, attempt 1}, without a line end. */
  public static String line(RunEvent event, ZoneId zone) {
    String subject = event.task() == null ? "" : " " + TerminalSafe.line(event.task());
    String message = TerminalSafe.line(event.message());
    return TIME.format(event.at().atZone(zone))
        + " "
        + TerminalSafe.line(event.type())
        + subject
        + (message.isEmpty() ? "" : ": " + message);
  }
}
