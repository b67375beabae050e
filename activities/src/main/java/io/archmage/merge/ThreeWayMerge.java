package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.structural.Clash;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Merges two trees in core, with the result git's {@code merge-ort} gives.
 *
 * <p>If no path and no rename can concern both sides, the changes of one are applied to the other
 * tree without a process; in all other cases {@code git merge-tree} decides.
 */
final class ThreeWayMerge {
  /** What a merge gave. */
  sealed interface Result {
    /**
     * A tree without conflicts; it is in the repository.
     *
     * @param structural files that are merged by their declarations
     * @param unchecked files that both sides changed and nobody could look into, with the reason
     */
    record Clean(CommitId tree, List<String> structural, List<String> unchecked)
        implements
          Result {
      /** Copies the lists. */
      public Clean {
        structural = List.copyOf(structural);
        unchecked = List.copyOf(unchecked);
      }

      /** A tree as git merges it. */
      public Clean(CommitId tree) {
        this(tree, List.of(), List.of());
      }
    }

    /** Nothing that a ref could name was written to the repository. */
    record Conflicts(List<PathConflict> paths) implements Result {
      /** Copies the list. */
      public Conflicts {
        paths = List.copyOf(paths);
      }
    }
  }

  /** A path in conflict, with the declarations that clash as far as they are known. */
  record PathConflict(String path, FileConflict.Kind kind, List<Clash> clashes) {
    PathConflict {
      clashes = List.copyOf(clashes);
    }

    /** A path of which no more is known. */
    PathConflict(String path, FileConflict.Kind kind) {
      this(path, kind, List.of());
    }
  }

  private final GitRepository repository;

  ThreeWayMerge(GitRepository repository) {
    this.repository = repository;
  }

  /** Merges with a given common ancestor, whatever the history says. */
  Result merge(CommitId base, CommitId ours, CommitId theirs) {
    var ourChanges = TreeDiff.ofCommits(repository, base, ours);
    var theirChanges = TreeDiff.ofCommits(repository, base, theirs);
    if (isSimple(ourChanges, theirChanges)) {
      CommitId tree = repository.objects().treeOf(ours);
      return new Result.Clean(TreeEditor.apply(repository, tree, theirChanges));
    }
    try {
      return new OrtMerge(repository)
          .merge(Optional.of(base), ours, theirs, directories(ourChanges, theirChanges));
    } catch (IOException e) {
      throw new GitException("cannot merge " + theirs + " into " + ours, e);
    }
  }

  /** Merges with the common ancestors git finds. */
  Result merge(CommitId ours, CommitId theirs) {
    try {
      return new OrtMerge(repository)
          .merge(Optional.empty(), ours, theirs,
              directories(TreeDiff.ofCommits(repository, ours, theirs)));
    } catch (IOException e) {
      throw new GitException("cannot merge " + theirs + " into " + ours, e);
    }
  }

  /**
   * Tells whether git would do no more than take each side's changes: no path differs in both, no
   * file stands where the other has a directory, and no deletion meets an addition (only then can
   * a rename of one side matter to the other).
   */
  static boolean isSimple(
      SortedMap<byte[], TreeDiff.Entry> ours, SortedMap<byte[], TreeDiff.Entry> theirs) {
    boolean renames =
        has(ours, TreeDiff.Entry::isDeleted) && has(theirs, TreeDiff.Entry::isAdded)
            || has(theirs, TreeDiff.Entry::isDeleted) && has(ours, TreeDiff.Entry::isAdded);
    if (renames) {
      return false;
    }
    for (TreeDiff.Entry entry : theirs.values()) {
      TreeDiff.Entry other = ours.get(entry.path());
      if (other != null && (entry.isDeleted() || !entry.endsLike(other))) {
        return false;
      }
    }
    return !nests(ours, theirs) && !nests(theirs, ours);
  }

  private static boolean nests(
      SortedMap<byte[], TreeDiff.Entry> outer, SortedMap<byte[], TreeDiff.Entry> inner) {
    for (byte[] path : inner.keySet()) {
      for (int i = 0; i < path.length; i++) {
        if (path[i] == '/' && outer.containsKey(Arrays.copyOf(path, i))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean has(
      SortedMap<byte[], TreeDiff.Entry> changes,
      Predicate<TreeDiff.Entry> test) {
    return changes.values().stream().anyMatch(test);
  }

  @SafeVarargs
  private static SortedSet<String> directories(
      SortedMap<byte[], TreeDiff.Entry>... changes) {
    SortedSet<String> directories = new TreeSet<>();
    directories.add("");
    for (SortedMap<byte[], TreeDiff.Entry> side : changes) {
      for (byte[] raw : side.keySet()) {
        String path = GitPaths.display(raw);
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
          directories.add(path.substring(0, i + 1));
        }
      }
    }
    return directories;
  }
}
