package io.archmage.cli;

import io.archmage.familiar.AttemptOutput;
import io.archmage.familiar.AttemptOutput.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Hands what an attempt wrote to a printer, on request until it ends. */
final class LogReader {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final AttemptOutput output;
  private final List<Part> parts;
  private final LogPrinter printer;
  private final Map<Part, Long> offsets = new EnumMap<>(Part.class);

  LogReader(AttemptOutput output, List<Part> parts, LogPrinter printer) {
    this.output = output;
    this.parts = parts;
    this.printer = printer;
    parts.forEach(part -> offsets.put(part, 0L));
  }

  /** Prints what there is; with {@code follow} also what comes, until the attempt has ended. */
  void read(boolean follow) throws IOException {
    if (output.isStored()) {
      rest();
      return;
    }
    while (true) {
      // Asked first: what was written before the end is in the files then.
      boolean ended = output.hasEnded();
      for (Part part : parts) {
        live(part);
      }
      printer.flush();
      if (ended || !follow) {
        // The files may have been removed meanwhile, but only after the log was stored.
        rest();
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void live(Part part) throws IOException {
    byte[] bytes = output.live(part, offsets.getOrDefault(part, 0L));
    while (bytes.length > 0) {
      printer.print(part, bytes);
      offsets.merge(part, (long) bytes.length, Long::sum);
      bytes = output.live(part, offsets.getOrDefault(part, 0L));
    }
  }

  private void rest() throws IOException {
    for (Part part : parts) {
      long offset = offsets.getOrDefault(part, 0L);
      Optional<byte[]> stored = output.stored(part);
      if (stored.isPresent()
          && offset < stored.get().length
          && (offset == 0 || !AttemptOutput.isShortened(stored.get().length))) {
        printer.print(part, Arrays.copyOfRange(stored.get(), (int) offset, stored.get().length));
        offsets.put(part, (long) stored.get().length);
      }
    }
  }

  /** All of a part, so far if the attempt goes on. */
  static byte[] whole(AttemptOutput output, Part part) throws IOException {
    Optional<byte[]> stored = output.stored(part);
    if (stored.isPresent()) {
      return stored.get();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = output.live(part, 0);
    while (piece.length > 0) {
      all.writeBytes(piece);
      piece = output.live(part, all.size());
    }
    return all.toByteArray();
  }
}
