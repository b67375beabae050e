package io.archmage.doctor;

import io.archmage.gc.LockFiles;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.render.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lock files in a repository that stayed there. */
public final class LockCheck implements Check {

  /** Git holds its locks for less. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  private final Path directory;

  /** Looks at the repository of that directory. */
  public LockCheck(Path directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return "locks";
  }

  @Override
  public List<Finding> look() throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try (GitRepository repository = GitRepository.open(directory)) {
      for (LockFiles.LockFile lock : new LockFiles(repository).find()) {
        Duration age = Duration.between(lock.since(), Instant.now());
        if (age.compareTo(USUAL) > 0) {
          findings.add(finding(lock, age));
        }
      }
    } catch (GitException e) {
      return List.of(Finding.warning(name(), "not looked at: there is no repository", null));
    }
    return findings.isEmpty() ? List.of(Finding.ok(name(), "none")) : findings;
  }

  private Finding finding(LockFiles.LockFile lock, Duration age) {
    String found = lock.path() + " has been there for " + Durations.text(age);
    if (!lock.isDead()) {
      return Finding.warning(
          name(),
          found + "; process " + lock.holder().orElseThrow() + " may hold it",
          "Look at that process; when no git program runs in this repository, delete the file.");
    }
    return Finding.warning(
        name(),
        found + "; whoever made it is dead",
        lock.own() ? "archmage gc --older-than 0s" : "rm " + quoted(lock.path()));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
