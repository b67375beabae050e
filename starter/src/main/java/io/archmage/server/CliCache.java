package io.archmage.server;

import io.archmage.settings.CacheDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The fetched executables, each at {@code <cache>/temporal/<version>/temporal}. A file is there
 * only after it was checked, since it is moved into place in one step; a lock keeps two processes
 * from fetching at once.
 */
final class CliCache {
  private static final Object ONE_THREAD = new Object();

  private final CacheDirectory cache;
  private final List<CliSource> sources;

  /**
   * @param sources tried in this order
   */
  CliCache(CacheDirectory cache, List<CliSource> sources) {
    this.cache = cache;
    this.sources = List.copyOf(sources);
  }

  /**
   * The cached executable, fetched first if it is not there.
   *
   * @throws ServerException if no source has it; the message lists why, and what to do instead
   */
  Path fetchOnce(CliVersion version, Map<String, String> environment, Consumer<String> notes) {
    Path home = cache.create().path().resolve("temporal");
    Path executable = executable(version);
    if (Files.isExecutable(executable)) {
      return executable;
    }
    synchronized (ONE_THREAD) {
      try {
        Files.createDirectories(executable.getParent());
        Path lockFile = home.resolve(version + ".lock");
        try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.lock()) {
          if (held.isValid() && !Files.isExecutable(executable)) {
            fetch(version, executable, environment, notes);
          }
        }
        return executable;
      } catch (IOException e) {
        throw new ServerException(
            "cannot write to the cache " + home + " (" + e + "); set " + CacheDirectory.VARIABLE,
            e);
      }
    }
  }

  /** The cached executable, if it is there. */
  Optional<Path> cached(CliVersion version) {
    return Optional.of(executable(version)).filter(Files::isExecutable);
  }

  private Path executable(CliVersion version) {
    return cache.path().resolve("temporal").resolve(version.toString()).resolve("temporal");
  }

  private void fetch(
      CliVersion version, Path target, Map<String, String> environment, Consumer<String> notes)
      throws IOException {
    removeLeftovers(Objects.requireNonNull(target.getParent(), "folder of the cached CLI"));
    List<String> failures = new ArrayList<>();
    for (CliSource source : sources) {
      Path directory = Files.createTempDirectory(target.getParent(), "fetch-");
      notes.accept("fetching the Temporal CLI " + version + " once, by " + source.name());
      try {
        Path fetched = source.fetch(version, directory);
        Files.setPosixFilePermissions(fetched, PosixFilePermissions.fromString("rwxr-xr-x"));
        CliVersion actual = TemporalCli.version(fetched, environment);
        if (!actual.equals(version)) {
          throw new IOException("got version " + actual + " instead of " + version);
        }
        Files.move(fetched, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        failures.add(source.name() + ": " + e.getMessage());
      } finally {
        remove(directory);
      }
    }
    throw new ServerException(
        "there is no Temporal CLI on the PATH, and fetching version "
            + version
            + " failed:\n  "
            + String.join("\n  ", failures)
            + "\nInstall it (https://docs.temporal.io/cli), or set "
            + TemporalCli.VARIABLE
            + " to its path, or use a running server with --server HOST:PORT.");
  }

  /** What a killed fetch left behind; the lock is held, so nobody is using it. */
  private static void removeLeftovers(Path directory) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> files = Files.list(directory)) {
      leftovers =
          files.filter(file -> file.getFileName().toString().startsWith("fetch-")).toList();
    }
    for (Path leftover : leftovers) {
      remove(leftover);
    }
  }

  private static void remove(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
