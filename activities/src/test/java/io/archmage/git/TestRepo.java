package io.archmage.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A user's repository for tests, driven with plain git as the user would. */
public final class TestRepo {
  private final Path directory;

  private TestRepo(Path directory) {
    this.directory = directory;
  }

  /** Creates a repository with a branch {@code main} and no commit. */
  public static TestRepo init(Path directory) {
    TestRepo repo = at(directory);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    repo.git("init", "-q", "-b", "main");
    repo.git("config", "user.name", "Uma User");
    repo.git("config", "user.email", "uma@example.org");
    return repo;
  }

  /** Uses a worktree that exists. */
  public static TestRepo at(Path directory) {
    return new TestRepo(directory);
  }

  public Path directory() {
    return directory;
  }

  public Path path(String name) {
    return directory.resolve(name);
  }

  public GitRepository open() {
    return GitRepository.open(directory);
  }

  public TestRepo write(String path, String content) {
    try {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestRepo delete(String path) {
    try {
      Files.delete(directory.resolve(path));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CommitId commit(String message) {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", message);
    return head();
  }

  public CommitId head() {
    return id("HEAD");
  }

  public CommitId id(String revision) {
    return new CommitId(git("rev-parse", revision).strip());
  }

  /** Runs git and returns its output. */
  public String git(String... arguments) {
    Outcome outcome = tryGit(arguments);
    if (outcome.exitCode() != 0) {
      throw new AssertionError(List.of(arguments) + " ended with " + outcome);
    }
    return outcome.output();
  }

  public record Outcome(int exitCode, String output) {}

  /** Runs git; any exit code is fine. */
  public Outcome tryGit(String... arguments) {
    List<String> argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public List<String> files(String commit) {
    return git("ls-tree", "-r", "-z", "--name-only", commit).isEmpty()
        ? List.of()
        : List.of(git("ls-tree", "-r", "-z", "--name-only", commit).split("\0"));
  }

  public String show(String commit, String path) {
    return git("show", commit + ":" + path);
  }

  /** Every file of the checkout and the git directory but objects, logs and Archmage's refs. */
  public Map<String, String> everything() {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        String name = directory.relativize(path).toString();
        if (!name.matches("(\\.git/)?(objects|logs|refs/archmage|refs/heads/archmage)(/.*)?")) {
          state.put(name, describe(path));
        }
      }
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return HexFormat.of().formatHex(Files.readAllBytes(path))
          + Files.getLastModifiedTime(path)
          + Files.getPosixFilePermissions(path);
    }
    return "directory";
  }
}
