package io.archmage.cli;

import io.archmage.familiar.AttemptOutput.Part;
import io.archmage.render.TerminalSafe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a familiar wrote: whole lines without anything that a terminal would obey, or the
 * bytes as they are. Colours are dropped; a carriage return ends a line.
 */
final class LogPrinter {

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]*m");

  /** A longer line is shown in pieces. */
  private static final int LONGEST_LINE = 1 << 16;

  private final Console console;
  private final boolean raw;
  private final boolean headings;
  private final Map<Part, ByteArrayOutputStream> begun = new EnumMap<>(Part.class);
  private final Map<Part, Boolean> returned = new EnumMap<>(Part.class);
  private @Nullable Part shown;

  /**
   * @param raw whether bytes are written as they are
   * @param headings whether a line tells when standard error begins and ends
   */
  LogPrinter(Console console, boolean raw, boolean headings) {
    this.console = console;
    this.raw = raw;
    this.headings = headings;
  }

  void print(Part part, byte[] bytes) throws IOException {
    if (raw) {
      console.bytes().write(bytes);
      return;
    }
    ByteArrayOutputStream line =
        begun.computeIfAbsent(part, each -> new ByteArrayOutputStream());
    for (byte each : bytes) {
      if (each == '\n' || each == '\r') {
        // The second half of a line end of two characters ends no line of its own.
        if (each == '\r' || !endedByReturn(part)) {
          line(part, line);
        }
        returned.put(part, each == '\r');
      } else {
        returned.put(part, false);
        line.write(each);
        if (line.size() >= LONGEST_LINE) {
          line(part, line);
        }
      }
    }
  }

  private boolean endedByReturn(Part part) {
    return returned.getOrDefault(part, false);
  }

  /** Brings what was printed to the reader. */
  void flush() throws IOException {
    console.out().flush();
    console.bytes().flush();
  }

  /** Prints lines that have no end. */
  void end() throws IOException {
    begun.forEach(
        (part, line) -> {
          if (line.size() > 0) {
            line(part, line);
          }
        });
    flush();
  }

  private void line(Part part, ByteArrayOutputStream bytes) {
    if (headings && shown != part) {
      if (part == Part.STDERR) {
        console.out().println("--- standard error ---");
      } else if (shown != null) {
        console.out().println("--- standard output ---");
      }
      shown = part;
    }
    String text = COLOUR.matcher(bytes.toString(StandardCharsets.UTF_8)).replaceAll("");
    console.out().println(TerminalSafe.block(text));
    bytes.reset();
  }
}
