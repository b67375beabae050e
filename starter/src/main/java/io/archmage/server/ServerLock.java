package io.archmage.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to run the embedded server of a state directory. The operating system's file lock is
 * the proof: it is gone the moment its owner is, however it ended. The file's text names the owner
 * for messages.
 */
final class ServerLock implements AutoCloseable {
  /**
   * Files locked by this process. They must not be opened by it again: closing any channel of a
   * file drops the POSIX locks its process has on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ServerLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock if nobody has it.
   *
   * @throws ServerException if the file cannot be written
   */
  static Optional<ServerLock> tryAcquire(Path file) {
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    Optional<ServerLock> lock = Optional.empty();
    try {
      lock = lock(file);
      return lock;
    } catch (IOException e) {
      throw new ServerException("cannot lock " + file + ": " + e, e);
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(file);
      }
    }
  }

  private static Optional<ServerLock> lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      if (!locked) {
        return Optional.empty();
      }
      String owner = "pid " + ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)));
      return Optional.of(new ServerLock(file, channel));
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** What the file says about its owner, for messages only. */
  static String owner(Path file) {
    if (HELD.contains(file)) {
      return "this process";
    }
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "an unknown process";
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      HELD.remove(file);
    } catch (IOException e) {
      throw new ServerException("cannot release the server's lock: " + e, e);
    }
  }
}
