package io.archmage.git;

import io.archmage.disk.Sha256;
import io.archmage.git.UnusableRepositoryException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The user's repository, found from any directory in it, a linked worktree or a bare repository.
 *
 * <p>Nothing here writes to a working tree, an index or a configuration. Thread-safe.
 */
public final class GitRepository implements AutoCloseable {
  private static final int ID_DIGITS = 12;

  /** One task asks for it several times within less. */
  private static final Duration CONFIG_AGE = Duration.ofSeconds(2);

  private record ReadConfig(Map<String, List<String>> values, long at) {}

  private final Path gitDirectory;
  private final Path commonDirectory;
  private final boolean bare;
  private final Repository jgit;
  private volatile @Nullable ReadConfig readConfig;

  private GitRepository(Path gitDirectory, Path commonDirectory, boolean bare, Repository jgit) {
    this.gitDirectory = gitDirectory;
    this.commonDirectory = commonDirectory;
    this.bare = bare;
    this.jgit = jgit;
  }

  /**
   * Finds the repository {@code directory} belongs to.
   *
   * @throws UnusableRepositoryException if there is none, git is missing or too old, or the
   *     repository's format is one Archmage cannot work with
   */
  public static GitRepository open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UnusableRepositoryException(
          Problem.NOT_A_REPOSITORY, "there is no directory " + directory);
    }
    NativeGit git = NativeGit.in(directory);
    requireVersion(GitVersion.parse(git.run("--version").orThrow().text()));
    try {
      List<String> facts =
          facts(
              git,
              directory,
              List.of(
                  "--is-bare-repository",
                  "--show-object-format",
                  "--absolute-git-dir",
                  "--git-common-dir"));
      boolean bare = facts.get(0).equals("true");
      if (!facts.get(1).equals("sha1")) {
        throw unsupported(directory, "SHA-256 object names");
      }
      Path own = Path.of(facts.get(2)).toRealPath();
      Path common = Path.of(facts.get(3)).toRealPath();
      Map<String, List<String>> config = config(own);
      if (!last(config, "extensions.refstorage").orElse("files").equals("files")) {
        throw unsupported(directory, "a ref storage other than files");
      }
      OwnSystemReader.install();
      Repository jgit = new FileRepositoryBuilder().setGitDir(common.toFile()).setBare().build();
      return new GitRepository(own, common, bare, jgit);
    } catch (IOException e) {
      throw new GitException("cannot read the repository of " + directory, e);
    }
  }

  /** Returns the git directory of the worktree this was opened from. */
  public Path gitDirectory() {
    return gitDirectory;
  }

  /** Returns the real path of the git directory all worktrees share. */
  public Path commonDirectory() {
    return commonDirectory;
  }

  /** Returns the directory of the objects. */
  public Path objectsDirectory() {
    return commonDirectory.resolve("objects");
  }

  /** Returns 12 hexadecimal digits that name this repository on this machine. */
  public String repoId() {
    byte[] path = commonDirectory.toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.of(path).substring(0, ID_DIGITS);
  }

  /** Tells whether this was opened from a bare repository. */
  public boolean isBare() {
    return bare;
  }

  /** Returns the full name of the checked-out branch, empty if HEAD is detached. */
  public Optional<String> currentBranch() {
    GitResult result = git().run("symbolic-ref", "-q", "HEAD");
    return result.succeeded() ? Optional.of(result.text()) : Optional.empty();
  }

  /** Returns the commit HEAD is at, empty before the first commit. */
  public Optional<CommitId> head() {
    GitResult result = git().run("rev-parse", "-q", "--verify", "HEAD^{commit}");
    return result.succeeded() ? Optional.of(new CommitId(result.text())) : Optional.empty();
  }

  /**
   * Returns the commit HEAD is at.
   *
   * @throws UnusableRepositoryException before the first commit
   */
  public CommitId requireHead() {
    return head()
        .orElseThrow(
            () -> new UnusableRepositoryException(
                Problem.NO_COMMIT,
                "%s has no commit yet; make a first one, for example: git commit --allow-empty"
                    .formatted(commonDirectory)));
  }

  /** Returns the commit of a local branch, by its name without {@code refs/heads/}. */
  public Optional<CommitId> branch(String name) {
    return refs().read(Constants.R_HEADS + name);
  }

  /** Tells whether history is cut off. */
  public boolean isShallow() {
    return Files.exists(commonDirectory.resolve("shallow"));
  }

  /** Tells whether objects are fetched only when they are needed. */
  public boolean isPartialClone() {
    Map<String, List<String>> config = config();
    return config.containsKey("extensions.partialclone")
        || config.keySet()
            .stream()
            .anyMatch(
                key -> key.startsWith("remote.")
                    && (key.endsWith(".promisor") && isTrue(last(config, key))
                        || key.endsWith(".partialclonefilter")));
  }

  /** Tells whether the user's checkout has only some of the files. */
  public boolean isSparse() {
    return isTrue(last(config(), "core.sparsecheckout"));
  }

  /**
   * Refuses a repository whose branches leave no room for {@code archmage/<run>}.
   *
   * @throws UnusableRepositoryException if there is a branch {@code archmage}
   */
  public void requireRoomForRuns() {
    if (branch("archmage").isPresent()) {
      throw new UnusableRepositoryException(
          Problem.ARCHMAGE_BRANCH,
          "the branch 'archmage' is in the way of 'archmage/<run>'; rename it: "
              + "git branch -m archmage archmage-old");
    }
  }

  /**
   * Refuses a partial clone.
   *
   * @throws UnusableRepositoryException if objects are missing by design
   */
  public void requireAllObjects() {
    if (isPartialClone()) {
      throw new UnusableRepositoryException(
          Problem.PARTIAL_CLONE,
          ("%s is a partial clone; a workspace cannot borrow objects that are not there. "
              + "Fetch them all: git fetch --refetch --no-filter, then unset "
              + "remote.<name>.promisor, remote.<name>.partialclonefilter and "
              + "extensions.partialClone")
              .formatted(commonDirectory));
    }
  }

  /** Returns the user's {@code user.name} and {@code user.email}, empty unless there is a name. */
  public Optional<Identity> userIdentity() {
    Map<String, List<String>> config = config();
    return last(config, "user.name")
        .filter(name -> !name.isBlank())
        .map(name -> new Identity(name, last(config, "user.email").orElse("")));
  }

  /**
   * Returns the configuration in force, values in git's order (the last one wins); keys are in
   * lower case but for the middle part. A key without {@code =} has the value {@code true}. A
   * change is seen after at most two seconds.
   */
  public Map<String, List<String>> config() {
    ReadConfig known = readConfig;
    if (known == null || System.nanoTime() - known.at() > CONFIG_AGE.toNanos()) {
      known = new ReadConfig(config(gitDirectory), System.nanoTime());
      readConfig = known;
    }
    return known.values();
  }

  /** Returns the refs. */
  public RefStore refs() {
    return new RefStore(this);
  }

  /** Returns the objects. */
  public ObjectStore objects() {
    return new ObjectStore(this);
  }

  /** Returns git in the worktree's git directory, for questions only. */
  public NativeGit git() {
    return NativeGit.in(gitDirectory).with("GIT_DIR", gitDirectory.toString());
  }

  /** Returns JGit's view of the shared git directory, set to sync what it writes. */
  public Repository jgit() {
    StoredConfig config = jgit.getConfig();
    if (!config.getBoolean("core", "fsyncobjectfiles", false)) {
      // In memory only; a change of the file makes JGit read it anew, hence the check each time.
      config.setBoolean("core", null, "fsyncobjectfiles", true);
      config.setBoolean("core", null, "fsyncreffiles", true);
    }
    return jgit;
  }

  /**
   * Runs an action while no other thread of this process changes shared state of the repository.
   */
  public <T> T locked(Supplier<T> action) {
    return RepositoryLock.locked(commonDirectory, action);
  }

  @Override
  public void close() {
    jgit.close();
  }

  private static void requireVersion(GitVersion version) {
    if (version.compareTo(GitVersion.MINIMUM) < 0) {
      throw new UnusableRepositoryException(
          Problem.GIT_TOO_OLD,
          "git %s is too old; install git %s or newer".formatted(version, GitVersion.MINIMUM));
    }
  }

  /** Asks all in one process; only a path with a line break in it takes one for each. */
  private static List<String> facts(NativeGit git, Path directory, List<String> questions) {
    List<String> lines = List.of(answer(git, directory, questions).split("\n", -1));
    return lines.size() == questions.size()
        ? lines
        : questions.stream().map(one -> answer(git, directory, List.of(one))).toList();
  }

  private static String answer(NativeGit git, Path directory, List<String> questions) {
    List<String> arguments = new ArrayList<>(List.of("rev-parse", "--path-format=absolute"));
    arguments.addAll(questions);
    GitResult result = git.run(arguments);
    if (result.succeeded()) {
      return new String(result.output(), StandardCharsets.UTF_8).replaceFirst("\n$", "");
    }
    if (result.stderr().contains("dubious ownership")) {
      throw new UnusableRepositoryException(
          Problem.NOT_TRUSTED,
          "another user owns the repository of %s: %s"
              .formatted(directory, result.stderr().strip()));
    }
    if (result.stderr().contains("not a git repository")) {
      throw new UnusableRepositoryException(
          Problem.NOT_A_REPOSITORY,
          "%s is in no git repository; run git init there, or name another directory with --repo"
              .formatted(directory));
    }
    throw new GitException(result);
  }

  private static UnusableRepositoryException unsupported(Path directory, String what) {
    return new UnusableRepositoryException(
        Problem.UNSUPPORTED_FORMAT,
        "the repository of %s uses %s, which Archmage cannot read".formatted(directory, what));
  }

  private static Map<String, List<String>> config(Path gitDirectory) {
    NativeGit git = NativeGit.in(gitDirectory).with("GIT_DIR", gitDirectory.toString());
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (byte[] field : git.run("config", "--list", "--includes", "-z").orThrow().fields()) {
      String entry = new String(field, StandardCharsets.UTF_8);
      int end = entry.indexOf('\n');
      String key = end < 0 ? entry : entry.substring(0, end);
      String value = end < 0 ? "true" : entry.substring(end + 1);
      values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }
    return values;
  }

  private static Optional<String> last(Map<String, List<String>> config, String key) {
    return Optional.ofNullable(config.get(key)).map(List::getLast);
  }

  private static boolean isTrue(Optional<String> value) {
    return value.map(v -> List.of("true", "yes", "on", "1").contains(v.toLowerCase(Locale.ROOT)))
        .orElse(false);
  }
}
