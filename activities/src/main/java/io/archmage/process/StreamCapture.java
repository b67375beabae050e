package io.archmage.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** Reads a stream to its end in a thread of its own and keeps the first bytes. */
final class StreamCapture {

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
  private final InputStream in;
  private final int limit;
  private final Thread reader;
  private boolean overflowed;

  private StreamCapture(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
    this.reader = Thread.ofPlatform().daemon().name("capture").unstarted(this::read);
  }

  static StreamCapture start(InputStream in, int limit) {
    StreamCapture capture = new StreamCapture(in, limit);
    capture.reader.start();
    return capture;
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (this) {
          int room = Math.min(n, limit - kept.size());
          kept.write(buffer, 0, room);
          overflowed |= room < n;
        }
      }
    } catch (IOException e) {
      synchronized (this) {
        overflowed = true;
      }
    }
  }

  /** Waits for the end of the stream, at longest until the deadline (nanoTime). */
  void awaitEnd(long deadline) throws InterruptedException {
    long left = deadline - System.nanoTime();
    if (reader.isAlive() && left > 0) {
      TimeUnit.NANOSECONDS.timedJoin(reader, left);
    }
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  synchronized boolean overflowed() {
    return overflowed;
  }
}
