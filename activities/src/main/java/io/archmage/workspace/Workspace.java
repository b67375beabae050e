package io.archmage.workspace;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.NativeGit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory of its own with a private clone in it, at a known base commit.
 *
 * <p>Layout of the root: {@code files/} with the clone, {@code index} private to Archmage, {@code
 * workspace.properties} and {@code gitlinks} for the next worker. One thread at a time may use a
 * workspace; different workspaces of one repository are independent.
 */
public final class Workspace {
  /** What becomes of ignored files when a workspace moves. */
  public enum IgnoredFiles {
    /** They stay; only for the next attempt of the same task. */
    KEEP,
    /** They go, as all other untracked files do. */
    REMOVE
  }

  private final GitRepository repository;
  private final Path root;
  private final WorkspaceSettings settings;
  private WorkspaceState state;

  private Workspace(
      GitRepository repository, Path root, WorkspaceSettings settings, WorkspaceState state) {
    this.repository = repository;
    this.root = root;
    this.settings = settings;
    this.state = state;
  }

  /**
   * Makes a workspace at {@code base}, or brings one that is already in {@code root} there with
   * nothing else in it.
   *
   * @param root absent, empty, or a workspace of this repository; outside the user's repository
   * @throws io.archmage.git.UnusableRepositoryException if the repository is a partial clone
   * @throws GitException if the root is something else or git fails
   */
  public static Workspace prepare(
      GitRepository repository, Path root, CommitId base, WorkspaceSettings settings) {
    repository.requireAllObjects();
    Path absolute = root.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      Path real = absolute.toRealPath();
      requireOutside(repository, real);
      if (WorkspaceState.isIn(real)) {
        Workspace existing =
            new Workspace(repository, real, settings, WorkspaceState.read(real, repository));
        existing.moveTo(base, IgnoredFiles.REMOVE);
        return existing;
      }
      requireEmpty(real);
      Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
      Workspace made = new Workspace(repository, real, settings, WorkspaceState.moving(repository));
      made.state.write(real);
      made.rebuild(base);
      return made;
    } catch (IOException e) {
      throw new GitException("cannot prepare a workspace in " + absolute, e);
    }
  }

  /**
   * Opens a workspace another worker prepared.
   *
   * @throws GitException if there is none, it belongs to another repository, or its preparation
   *     was interrupted
   */
  public static Workspace open(GitRepository repository, Path root, WorkspaceSettings settings) {
    try {
      Path real = root.toRealPath();
      WorkspaceState state = WorkspaceState.read(real, repository);
      if (state.base().isEmpty()) {
        throw new GitException(real + " was not prepared to the end; prepare it again", null);
      }
      return new Workspace(repository, real, settings, state);
    } catch (IOException e) {
      throw new GitException("there is no workspace in " + root, e);
    }
  }

  /**
   * Opens a workspace to keep what a familiar left in it. What lies beside the files is made again
   * if the familiar removed it.
   *
   * @param base the commit the workspace was prepared at
   * @return empty if the files themselves are gone
   * @throws GitException if git fails or the workspace belongs to another repository
   */
  public static Optional<Workspace> salvage(
      GitRepository repository, Path root, CommitId base, WorkspaceSettings settings) {
    if (!Files.isDirectory(root.resolve("files"), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!WorkspaceState.isIn(root) || !Files.isRegularFile(root.resolve("index"))) {
      renewNotes(repository, root, base);
    }
    return Optional.of(open(repository, root, settings));
  }

  private static void renewNotes(GitRepository repository, Path root, CommitId base) {
    Path index = root.resolve("index");
    try {
      TreeRemover.remove(index);
      NativeGit.over(repository.commonDirectory(), root.resolve("files"), index)
          .run("read-tree", base.hex())
          .orThrow();
      WorkspaceState.at(repository, base, index).write(root);
    } catch (IOException e) {
      throw new GitException("cannot keep what is left in " + root, e);
    }
  }

  /** Returns the directory the familiar works in. */
  public Path files() {
    return root.resolve("files");
  }

  /** Returns the commit the files were prepared from. */
  public CommitId base() {
    return state.base().orElseThrow(() -> new IllegalStateException("no base in " + root));
  }

  /**
   * Records all files, whatever was done to {@code .git}; the workspace stays as it is. A repeat
   * with the same files answers with the same commits.
   *
   * @throws GitException if the files are gone or git fails
   */
  public Snapshot snapshot(SnapshotRequest request) {
    try {
      return new Snapshotter(repository, root, requireFiles(), settings, base(), state.gitlinks())
          .take(request);
    } catch (IOException e) {
      throw new GitException("cannot snapshot " + files(), e);
    }
  }

  /**
   * Brings the files to another base: edits and untracked files go, {@code .git} is new. What is
   * not snapshotted before is lost.
   */
  public void moveTo(CommitId newBase, IgnoredFiles ignored) {
    try {
      WorkspaceState.moving(repository).write(root);
      removeScratch();
      if (!Files.isDirectory(files(), LinkOption.NOFOLLOW_LINKS) || !Files.exists(index())) {
        rebuild(newBase);
        return;
      }
      NativeGit git = git();
      String clean = ignored == IgnoredFiles.KEEP ? "-ffdq" : "-ffdxq";
      if (git.run("read-tree", "--reset", "-u", newBase.hex()).succeeded()
          && git.run("clean", clean).succeeded()
          && emptySubmodules(newBase)) {
        finish(newBase);
      } else {
        rebuild(newBase);
      }
    } catch (IOException e) {
      throw new GitException("cannot move " + root + " to " + newBase, e);
    }
  }

  /** Deletes the workspace and nothing outside it; no error if it is gone. */
  public void remove() {
    try {
      TreeRemover.remove(root);
    } catch (IOException e) {
      throw new GitException("cannot remove the workspace " + root, e);
    }
  }

  /** Removes what snapshots of killed workers left. */
  private void removeScratch() throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(root, Snapshotter.SCRATCH + "*")) {
      for (Path entry : entries) {
        TreeRemover.remove(entry);
      }
    }
  }

  private void rebuild(CommitId base) throws IOException {
    TreeRemover.remove(files());
    Files.deleteIfExists(index());
    Files.deleteIfExists(root.resolve("index.lock"));
    Files.createDirectory(files());
    git().run("read-tree", "-m", "-u", base.hex()).orThrow();
    finish(base);
  }

  /** Empties the directories of submodules, which git leaves alone; false if one has no path. */
  private boolean emptySubmodules(CommitId base) throws IOException {
    for (WorkspaceState.Gitlink link : WorkspaceState.at(repository, base, index()).gitlinks()) {
      try {
        Path directory = files().resolve(new String(link.path(), StandardCharsets.UTF_8));
        TreeRemover.remove(directory);
        Files.createDirectories(directory);
      } catch (InvalidPathException e) {
        return false;
      }
    }
    return true;
  }

  private void finish(CommitId base) throws IOException {
    PrivateClone.write(repository, files(), settings.branch(), base, index());
    state = WorkspaceState.at(repository, base, index());
    state.write(root);
  }

  private NativeGit git() {
    return NativeGit.over(repository.commonDirectory(), files(), index());
  }

  private Path index() {
    return root.resolve("index");
  }

  private Path requireFiles() {
    if (!Files.isDirectory(files(), LinkOption.NOFOLLOW_LINKS)) {
      throw new GitException("the files of the workspace are gone: " + files(), null);
    }
    return files();
  }

  private static void requireEmpty(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      if (entries.findAny().isPresent()) {
        throw new GitException(root + " is not empty and no workspace; name another one", null);
      }
    }
  }

  private static void requireOutside(GitRepository repository, Path root) throws IOException {
    List<Path> taken = new ArrayList<>(Worktrees.of(repository));
    taken.add(repository.commonDirectory());
    for (Path path : taken) {
      if (root.startsWith(path) || path.startsWith(root)) {
        throw new GitException(
            "a workspace must lie outside the repository: %s and %s".formatted(root, path), null);
      }
    }
  }
}
