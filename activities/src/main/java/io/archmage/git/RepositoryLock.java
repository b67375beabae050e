package io.archmage.git;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one thread of this process at a time change the shared state of a repository.
 *
 * <p>Other processes are kept apart by git's own lock files and by compare-and-swap.
 */
final class RepositoryLock {
  private static final ConcurrentMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  private RepositoryLock() {}

  static <T> T locked(Path commonDirectory, Supplier<T> action) {
    ReentrantLock lock = LOCKS.computeIfAbsent(commonDirectory, path -> new ReentrantLock());
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
