package io.archmage.familiar;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Held by whoever follows the attempts of a task on this machine: one thread of one worker. The
 * operating system gives it back when the worker dies.
 */
public final class TaskLock implements AutoCloseable {

  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private TaskLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** Whether a worker follows the task of that folder now; makes nothing where none ever did. */
  public static boolean isHeld(Path taskFolder) throws IOException {
    if (!Files.exists(taskFolder.resolve("lock"))) {
      return false;
    }
    Optional<TaskLock> taken = tryTake(taskFolder);
    if (taken.isPresent()) {
      taken.get().close();
    }
    return taken.isEmpty();
  }

  /** Takes the lock of a task's folder if nobody has it. */
  static Optional<TaskLock> tryTake(Path taskFolder) throws IOException {
    Files.createDirectories(taskFolder);
    Path file = taskFolder.resolve("lock");
    if (!HELD_HERE.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      return lock == null ? Optional.empty() : Optional.of(new TaskLock(file, channel, lock));
    } finally {
      if (lock == null) {
        HELD_HERE.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
