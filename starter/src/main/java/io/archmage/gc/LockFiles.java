package io.archmage.gc;

import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.process.ProcessSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lock files that git programs leave in a repository when they are killed. */
public final class LockFiles {

  private static final List<String> TOP =
      List.of("index.lock", "HEAD.lock", "packed-refs.lock", "config.lock", "shallow.lock");
  private static final List<String> OWN = List.of(RunRefs.ROOT, RunRefs.BRANCHES);
  private static final List<String> PROGRAMS = List.of("git", "java", "jgit");

  private final GitRepository repository;

  /**
   * One of them.
   *
   * @param path where it is
   * @param since when it was made
   * @param own whether it locks a ref that only Archmage writes
   * @param holder a process that may hold it, or empty if its owner is provably dead
   */
  public record LockFile(Path path, Instant since, boolean own, Optional<Long> holder) {

    /** Whether nobody can hold it any more. */
    public boolean isDead() {
      return holder.isEmpty();
    }
  }

  /** Lock files of that repository and its worktrees. */
  public LockFiles(GitRepository repository) {
    this.repository = repository;
  }

  /** Every lock file that is there. */
  public List<LockFile> find() throws IOException, InterruptedException {
    Path common = repository.commonDirectory();
    List<Path> paths = new ArrayList<>();
    TOP.forEach(name -> paths.add(common.resolve(name)));
    for (Path worktree : below(common.resolve("worktrees"), 1, Files::isDirectory)) {
      TOP.forEach(name -> paths.add(worktree.resolve(name)));
    }
    paths.addAll(below(common.resolve("refs"), 64, LockFiles::isLock));
    List<LockFile> found = new ArrayList<>();
    for (Path path : paths) {
      Optional<Instant> since = since(path);
      if (since.isPresent()) {
        boolean own =
            OWN.stream().anyMatch(place -> path.startsWith(common.resolve(place)));
        found.add(new LockFile(path, since.get(), own, holder(path, since.get())));
      }
    }
    return found;
  }

  private static Optional<Instant> since(Path path) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(path).toInstant());
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    }
  }

  /**
   * Whoever holds a lock is older than it, is its file's owner, and is a git or Java program or has
   * to do with the repository. A process that does not say when it began counts as old.
   */
  private Optional<Long> holder(Path path, Instant since) throws IOException, InterruptedException {
    String user = Files.getOwner(path).getName();
    List<Long> around = ProcessSweep.under(repository.commonDirectory()).find();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> process.info().user().map(user::equals).orElse(true))
          .filter(process -> !beganAfter(process, since))
          .filter(process -> mayLock(process) || around.contains(process.pid()))
          .map(ProcessHandle::pid)
          .findFirst();
    }
  }

  private static boolean beganAfter(ProcessHandle process, Instant since) {
    return process.info().startInstant().map(began -> began.isAfter(since)).orElse(false);
  }

  private static boolean mayLock(ProcessHandle process) {
    return process.info()
        .command()
        .map(command -> String.valueOf(Path.of(command).getFileName()))
        .filter(name -> PROGRAMS.stream().anyMatch(name::startsWith))
        .isPresent();
  }

  private static boolean isLock(Path path) {
    return path.toString().endsWith(".lock") && Files.isRegularFile(path);
  }

  private static List<Path> below(Path directory, int depth, Predicate<Path> wanted)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(directory, depth)) {
      return found.filter(path -> !path.equals(directory)).filter(wanted).sorted().toList();
    }
  }
}
