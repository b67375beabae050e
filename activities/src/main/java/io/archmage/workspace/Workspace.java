package io.archmage.workspace;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.KnownWorktree;
import io.archmage.git.NativeGit;
import io.archmage.process.Aside;
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
    return prepare(repository, root, base, settings, IgnoredFiles.REMOVE);
  }

  /** The same; {@code ignored} says what becomes of ignored files that are there. */
  public static Workspace prepare(
      GitRepository repository,
      Path root,
      CommitId base,
      WorkspaceSettings settings,
      IgnoredFiles ignored) {
    repository.requireAllObjects();
    Path absolute = root.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      Path real = absolute.toRealPath();
      if (WorkspaceState.isIn(real)) {
        Workspace existing =
            new Workspace(repository, real, settings, WorkspaceState.read(real, repository));
        existing.moveTo(base, ignored);
        return existing;
      }
      requireOutside(repository, real);
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
    return snapshot(request, true);
  }

  /**
   * The same while a familiar works in the files, without those that are large: they may grow, and
   * would be stored each time.
   */
  public void snapshotSoFar(SnapshotRequest request) {
    snapshot(request, false);
  }

  private Snapshot snapshot(SnapshotRequest request, boolean whole) {
    try {
      return new Snapshotter(repository, root, requireFiles(), settings, state)
          .take(request, whole);
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
      WorkspaceState before = state;
      WorkspaceState.moving(repository).write(root);
      removeScratch();
      if (!canMove(before, newBase)) {
        rebuild(newBase);
        return;
      }
      try (Aside<Path> clone = renewClone(newBase)) {
        if (isThere(before, newBase, ignored)
            || git().run("read-tree", "--reset", "-u", newBase.hex()).succeeded()
                && clean(before, ignored)
                && emptySubmodules(newBase)) {
          finish(clone.join(), newBase);
          return;
        }
      }
      rebuild(newBase);
    } catch (IOException e) {
      throw new GitException("cannot move " + root + " to " + newBase, e);
    }
  }

  private boolean canMove(WorkspaceState before, CommitId newBase) {
    return Files.isDirectory(files(), LinkOption.NOFOLLOW_LINKS)
        && Files.exists(index())
        && before.base().isPresent()
        && sameAttributes(before.recorded().or(before::base).orElseThrow(), newBase);
  }

  /** Whether the last task of the same run left just what the next one starts from. */
  private boolean isThere(WorkspaceState before, CommitId newBase, IgnoredFiles ignored) {
    return ignored == IgnoredFiles.KEEP
        && before.recorded().equals(Optional.of(repository.objects().treeOf(newBase)));
  }

  /** Git writes no file anew whose attributes alone have changed. */
  private boolean sameAttributes(CommitId before, CommitId after) {
    return repository.objects().haveSameFiles(before, after, ".gitattributes");
  }

  /** What is recorded is in the index, so that reading another tree has removed it. */
  private boolean clean(WorkspaceState before, IgnoredFiles ignored) throws IOException {
    return switch (ignored) {
      case KEEP ->
        before.recorded().isPresent() || git().run("clean", "-ffdq").succeeded();
      case REMOVE -> {
        forgetSetup();
        yield git().run("clean", "-ffdxq").succeeded();
      }
    };
  }

  private void forgetSetup() throws IOException {
    Files.deleteIfExists(setupNote());
  }

  /**
   * Says that nobody works in the files any more, after the snapshot that was the last one: the
   * next move is the faster for it.
   */
  public void rest(Snapshot last) {
    try {
      if (last.raw() || last.omitted().stream().anyMatch(one -> !one.reason().isKept())) {
        // Git would leave pipes and the like where they are, so the files are to be made anew.
        Files.deleteIfExists(index());
      }
      state = state.withRecorded(last.everything());
      state.write(root);
    } catch (IOException e) {
      throw new GitException("cannot write to " + root, e);
    }
  }

  /**
   * Says that the files as they are now were made by the setup command: what stays of them is no
   * change of the familiar's. Files that git ignores outlive a move that keeps them; where the
   * command left others, it has to run again.
   *
   * @param key what the outcome of the command depends on
   */
  public void markSetup(String key) {
    try {
      CommitId tree = new Snapshotter(repository, root, requireFiles(), settings, state).tree();
      if (tree.equals(repository.objects().treeOf(base()))) {
        Files.writeString(setupNote(), key);
      } else {
        state = state.withBaseline(tree);
        state.write(root);
      }
    } catch (IOException e) {
      throw new GitException("cannot read what the setup command left in " + files(), e);
    }
  }

  /** Whether what the setup command left for that key is still there. */
  public boolean hasSetup(String key) {
    try {
      return Files.exists(setupNote()) && Files.readString(setupNote()).equals(key);
    } catch (IOException e) {
      throw new GitException("cannot read " + setupNote(), e);
    }
  }

  private Path setupNote() {
    return root.resolve("setup");
  }

  /**
   * Puts the files of a tree over the base, as changes that nobody has committed; what the setup
   * command made stays as it is. For a workspace in which nobody has worked yet.
   */
  public void lay(CommitId tree) {
    try {
      new Overlay(repository, root, requireFiles(), state).lay(tree);
    } catch (IOException e) {
      throw new GitException("cannot put " + tree + " over " + files(), e);
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
    Files.deleteIfExists(root.resolve("index.lock"));
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(root, ScratchIndex.PREFIX + "*")) {
      for (Path entry : entries) {
        TreeRemover.remove(entry);
      }
    }
  }

  private void rebuild(CommitId base) throws IOException {
    forgetSetup();
    TreeRemover.remove(files());
    Files.deleteIfExists(index());
    Files.createDirectory(files());
    try (Aside<Path> clone = renewClone(base)) {
      git().run("read-tree", "-m", "-u", base.hex()).orThrow();
      finish(clone.join(), base);
    }
  }

  private Aside<Path> renewClone(CommitId base) {
    Path files = files();
    return Aside.start(() -> PrivateClone.write(repository, files, settings, base));
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

  private void finish(Path clone, CommitId base) throws IOException {
    PrivateClone.giveIndex(clone, index());
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
    List<Path> taken = new ArrayList<>();
    for (KnownWorktree worktree : KnownWorktree.of(repository)) {
      if (Files.isDirectory(worktree.path())) {
        taken.add(worktree.path().toRealPath());
      }
    }
    taken.add(repository.commonDirectory());
    for (Path path : taken) {
      if (root.startsWith(path) || path.startsWith(root)) {
        throw new GitException(
            "a workspace must lie outside the repository: %s and %s".formatted(root, path), null);
      }
    }
  }
}
