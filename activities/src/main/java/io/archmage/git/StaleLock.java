package io.archmage.git;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The lock of a ref of Archmage's own, whose owner died between making and moving it. Only workers
 * and git's own upkeep touch such refs, and hold the lock for milliseconds. It counts as left
 * behind if it is old, no process has it open, and no git runs in the repository; where that cannot
 * be found out, it stays.
 */
final class StaleLock {

  private static final Path PROC = Path.of("/proc");
  private static final Duration OLD = Duration.ofSeconds(10);

  private final Path repository;
  private final Path lock;

  /**
   * A lock.
   *
   * @param repository the common git directory
   * @param ref the full name of the ref
   */
  StaleLock(Path repository, String ref) {
    this.repository = repository;
    this.lock = repository.resolve(ref + ".lock");
  }

  /** Removes it if its owner is dead; tells whether it is gone. */
  boolean remove() {
    try {
      BasicFileAttributes seen = Files.readAttributes(lock, BasicFileAttributes.class);
      // One from the future was made before the clock was set back.
      Duration age = Duration.between(seen.lastModifiedTime().toInstant(), Instant.now()).abs();
      boolean old = age.compareTo(OLD) > 0;
      return old && Files.isDirectory(PROC.resolve("self/fd")) && !isInUse() && remove(seen);
    } catch (NoSuchFileException gone) {
      return true;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Moves it away first: meanwhile another worker may have done the same and locked anew. */
  private boolean remove(BasicFileAttributes seen) throws IOException {
    Path aside = lock.resolveSibling(lock.getFileName() + "-" + UUID.randomUUID());
    Files.move(lock, aside);
    try {
      Object moved = Files.readAttributes(aside, BasicFileAttributes.class).fileKey();
      if (!Objects.equals(moved, seen.fileKey())) {
        Files.createLink(lock, aside);
        return false;
      }
      return true;
    } catch (FileAlreadyExistsException third) {
      return false;
    } finally {
      Files.delete(aside);
    }
  }

  private boolean isInUse() throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (hasOpen(process) || isGitHere(process)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasOpen(Path process) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : open) {
        if (isLock(file)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException endedOrForeign) {
      return false;
    }
    return false;
  }

  /** A file that was closed meanwhile says nothing of the process's others. */
  private boolean isLock(Path file) {
    try {
      return Files.readSymbolicLink(file).equals(lock);
    } catch (IOException closed) {
      return false;
    }
  }

  private boolean isGitHere(Path process) {
    try {
      Path top = Objects.requireNonNullElse(repository.getParent(), repository);
      return Files.readString(process.resolve("comm")).startsWith("git")
          && Files.readSymbolicLink(process.resolve("cwd")).startsWith(top);
    } catch (IOException endedOrForeign) {
      return false;
    }
  }
}
