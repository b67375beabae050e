package io.archmage.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread of one process of this machine at a time look after a directory. */
final class DirectoryLock {

  private static final ConcurrentMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  /** What is done meanwhile; it should take milliseconds. */
  interface Action<T> {
    T run() throws IOException;
  }

  private DirectoryLock() {}

  /** Does it under the lock of a directory, which is made if it is not there. */
  static <T> T locked(Path directory, Action<T> action) throws IOException {
    ReentrantLock here = LOCKS.computeIfAbsent(directory, path -> new ReentrantLock());
    here.lock();
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!held.isValid()) {
          throw new IOException("cannot lock " + directory);
        }
        return action.run();
      }
    } finally {
      here.unlock();
    }
  }
}
