package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitPaths;
import io.archmage.git.GitResult;
import io.archmage.git.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** One checkout of the user's, fast-forwarded only when that cannot cost them anything. */
final class Checkout {
  private static final int SHOWN = 5;
  private static final Map<String, String> UNDER_WAY = underWay();

  /** What became of a fast-forward. */
  sealed interface Result {
    /** Files, index and branch are at the new commit. */
    record Done() implements Result {}

    /** The branch was moved by somebody else; nothing was changed. */
    record Moved() implements Result {}

    /** Nothing was changed. */
    record Refused(String because) implements Result {}
  }

  private final Path directory;
  private final NativeGit git;

  Checkout(Path directory) {
    this.directory = directory;
    this.git = NativeGit.in(directory);
  }

  Result fastForward(String ref, CommitId from, CommitId to) throws IOException {
    Optional<String> busy = busy();
    if (busy.isPresent()) {
      return new Result.Refused(busy.get());
    }
    // An earlier call may have ended between the files and the branch.
    boolean filesAreThere = isAt(to);
    if (!filesAreThere) {
      Optional<String> obstacle = dirty().or(() -> inTheWay(from, to));
      if (obstacle.isPresent()) {
        return new Result.Refused(obstacle.get());
      }
    }
    try (RefTransaction transaction = RefTransaction.start(git)) {
      if (!transaction.prepare(ref, to, from)) {
        return git.run("rev-parse", "-q", "--verify", ref).text().equals(from.hex())
            ? new Result.Refused(ref + " is locked; if no git process runs, delete its .lock file")
            : new Result.Moved();
      }
      if (!filesAreThere) {
        GitResult updated = git.run("read-tree", "-m", "-u", from.hex(), to.hex());
        if (!updated.succeeded()) {
          return new Result.Refused(
              "git cannot update %s: %s".formatted(directory, updated.stderr().strip()));
        }
      }
      if (!git.run("symbolic-ref", "-q", "HEAD").text().equals(ref)) {
        git.run("read-tree", "-m", "-u", to.hex(), from.hex()).orThrow();
        return new Result.Refused("another branch was checked out in " + directory);
      }
      transaction.commit();
      return new Result.Done();
    }
  }

  /** Whether its directory is there. */
  boolean isThere() {
    return Files.isDirectory(directory);
  }

  Path directory() {
    return directory;
  }

  /** Takes it off the branch, at a commit; no file changes. */
  void detach(String ref, CommitId at) {
    if (git.run("symbolic-ref", "-q", "HEAD").text().equals(ref)) {
      git.run("update-ref", "--no-deref", "-m", "archmage: taken off " + ref, "HEAD", at.hex())
          .orThrow();
    }
  }

  /** Why it cannot be removed without a loss, with all that git does not ignore; else empty. */
  Optional<String> changed() throws IOException {
    Optional<String> busy = busy();
    if (busy.isPresent()) {
      return busy;
    }
    List<byte[]> status =
        git.run(
            "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=normal",
            "--ignore-submodules=none")
            .orThrow()
            .fields();
    return status.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "it has changes of yours: " + shown(status.stream().map(Checkout::path).toList()));
  }

  /** The commit that it shows. */
  Optional<CommitId> head() {
    GitResult result = git.run("rev-parse", "-q", "--verify", "HEAD^{commit}");
    return result.succeeded() ? Optional.of(new CommitId(result.text())) : Optional.empty();
  }

  private Optional<String> busy() throws IOException {
    Path own = Path.of(git.run("rev-parse", "--absolute-git-dir").orThrow().text());
    for (Map.Entry<String, String> state : UNDER_WAY.entrySet()) {
      if (Files.exists(own.resolve(state.getKey()))) {
        return Optional.of(state.getValue() + " is under way in " + directory);
      }
    }
    Path lock = own.resolve("index.lock");
    return Files.exists(lock)
        ? Optional.of(
            "another git process works in %s; if none does, delete %s".formatted(directory, lock))
        : Optional.empty();
  }

  private boolean isAt(CommitId commit) {
    boolean unstaged =
        status().stream().anyMatch(field -> field.length > 2 && field[1] != ' ' && field[2] == ' ');
    return !unstaged
        && git.run("diff-index", "--cached", "--quiet", "--no-ext-diff", commit.hex(), "--")
            .succeeded();
  }

  private Optional<String> dirty() {
    List<byte[]> status = status();
    return status.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s has uncommitted changes: %s"
                .formatted(directory, shown(status.stream().map(Checkout::path).toList())));
  }

  private List<byte[]> status() {
    return git.run(
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "--untracked-files=no",
        "--ignore-submodules=dirty")
        .orThrow()
        .fields();
  }

  /** Looks for untracked files, ignored ones too, where the new commit has something. */
  private Optional<String> inTheWay(CommitId from, CommitId to) {
    List<byte[]> added =
        git.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", "--diff-filter=AT",
            from.hex(), to.hex(), "--")
            .orThrow()
            .fields();
    if (added.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<byte[]> paths = new TreeSet<>(TreeDiff.BYTES);
    TreeSet<byte[]> directories = new TreeSet<>(TreeDiff.BYTES);
    for (byte[] path : added) {
      paths.add(path);
      for (int i = 0; i < path.length; i++) {
        if (path[i] == '/') {
          directories.add(Arrays.copyOf(path, i));
        }
      }
    }
    List<String> untracked =
        git.run("ls-files", "-z", "-o")
            .orThrow()
            .fields()
            .stream()
            .filter(path -> meets(path, paths, directories))
            .map(GitPaths::display)
            .toList();
    return untracked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "untracked files in %s are in the way: %s".formatted(directory, shown(untracked)));
  }

  private static boolean meets(
      byte[] untracked, TreeSet<byte[]> paths, TreeSet<byte[]> directories) {
    if (paths.contains(untracked) || directories.contains(untracked)) {
      return true;
    }
    for (int i = 0; i < untracked.length; i++) {
      if (untracked[i] == '/' && paths.contains(Arrays.copyOf(untracked, i))) {
        return true;
      }
    }
    return false;
  }

  private static String path(byte[] field) {
    return GitPaths.display(Arrays.copyOfRange(field, Math.min(3, field.length), field.length));
  }

  private static String shown(List<String> paths) {
    String shown = String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())));
    return paths.size() > SHOWN ? shown + " and " + (paths.size() - SHOWN) + " more" : shown;
  }

  private static Map<String, String> underWay() {
    Map<String, String> states = new LinkedHashMap<>();
    states.put("MERGE_HEAD", "a merge");
    states.put("rebase-merge", "a rebase");
    states.put("rebase-apply", "a rebase");
    states.put("CHERRY_PICK_HEAD", "a cherry-pick");
    states.put("REVERT_HEAD", "a revert");
    states.put("sequencer", "a cherry-pick or revert");
    states.put("BISECT_LOG", "a bisect");
    return states;
  }
}
