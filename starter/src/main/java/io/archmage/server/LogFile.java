package io.archmage.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A log that another process appends to. The process writes to the file itself, not to a pipe of
 * ours, so that it outlives us; hence rotation copies and truncates, and a line written just
 * between may be lost.
 */
public record LogFile(Path path) {
  private static final int TAIL_BYTES = 8_192;
  private static final int TAIL_LINES = 10;

  /** Moves the content to {@code <name>.1}, replacing that, once it exceeds {@code limit} bytes. */
  public void rotateBeyond(long limit) throws IOException {
    if (!Files.exists(path) || Files.size(path) <= limit) {
      return;
    }
    Path old = path.resolveSibling(path.getFileName() + ".1");
    Files.copy(path, old, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  ProcessBuilder.Redirect append() {
    return ProcessBuilder.Redirect.appendTo(path.toFile());
  }

  /** The last lines, for a message; empty if there is nothing to read. */
  public String tail() {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer end = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
      channel.read(end, size - end.capacity());
      List<String> lines =
          new String(end.array(), 0, end.position(), StandardCharsets.UTF_8).lines().toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
