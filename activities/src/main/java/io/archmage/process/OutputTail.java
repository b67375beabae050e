package io.archmage.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A bounded piece of an output file, which may still be growing. Reading costs only the piece,
 * however long the file.
 *
 * @param text the bytes as UTF-8, malformed ones replaced by U+FFFD; a character cut in two at
 *     either edge is left out
 * @param offset byte offset in the file of the first byte read
 * @param nextOffset byte offset after the piece; a character cut in two is read again from there
 * @param fileSize bytes in the file at the time of reading, 0 if there is none
 * @param truncated whether the file holds more than this piece
 */
public record OutputTail(
    String text, long offset, long nextOffset, long fileSize, boolean truncated) {

  /** The last bytes of a file, at most {@code maxBytes}. */
  public static OutputTail tail(Path file, int maxBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      return piece(channel, Math.max(0, size - maxBytes), maxBytes, size, false);
    } catch (NoSuchFileException e) {
      return new OutputTail("", 0, 0, 0, false);
    }
  }

  /** The first bytes of a file, at most {@code maxBytes}. */
  public static OutputTail head(Path file, int maxBytes) throws IOException {
    return read(file, 0, maxBytes, false);
  }

  /**
   * Up to {@code maxBytes} bytes (at least 4) from an offset, as one follows a growing file: a
   * character whose last bytes have not been written yet is left for the next call.
   */
  public static OutputTail from(Path file, long offset, int maxBytes) throws IOException {
    return read(file, offset, maxBytes, true);
  }

  private static OutputTail read(Path file, long offset, int maxBytes, boolean following)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      return piece(channel, Math.min(offset, size), maxBytes, size, following);
    } catch (NoSuchFileException e) {
      return new OutputTail("", 0, 0, 0, false);
    }
  }

  private static OutputTail piece(
      FileChannel channel, long offset, int maxBytes, long size, boolean following)
      throws IOException {
    byte[] bytes = new byte[(int) Math.min(maxBytes, size - offset)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
    int end = buffer.position();
    int start = 0;
    while (offset > 0 && start < Math.min(end, 3) && isContinuation(bytes[start])) {
      start++;
    }
    if (following || offset + end < size) {
      end = Math.max(start, end - cutAtEnd(bytes, end));
    }
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    long next = offset + end;
    return new OutputTail(text, offset + start, next, size, offset > 0 || next < size);
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** Bytes at the end that begin a character and do not finish it. */
  private static int cutAtEnd(byte[] bytes, int end) {
    for (int back = 1; back <= Math.min(3, end); back++) {
      int b = bytes[end - back] & 0xFF;
      if ((b & 0xC0) != 0x80) {
        int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
        return length > back ? back : 0;
      }
    }
    return 0;
  }
}
