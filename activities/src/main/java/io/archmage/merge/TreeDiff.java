package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The paths in which two trees differ; equal subtrees are not read. */
final class TreeDiff {
  static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

  /** A path on both sides; a missing side has {@link FileMode#MISSING} and the zero id. */
  record Entry(
      byte[] path, FileMode oldMode, ObjectId oldId, FileMode newMode, ObjectId newId) {
    boolean isAdded() {
      return oldMode == FileMode.MISSING;
    }

    boolean isDeleted() {
      return newMode == FileMode.MISSING;
    }

    boolean endsLike(Entry other) {
      return newMode.equals(other.newMode) && newId.equals(other.newId);
    }
  }

  private TreeDiff() {}

  static SortedMap<byte[], Entry> between(
      GitRepository repository, CommitId oldTree, CommitId newTree) {
    SortedMap<byte[], Entry> entries = new TreeMap<>(BYTES);
    try (TreeWalk walk = new TreeWalk(repository.jgit())) {
      walk.addTree(oldTree.objectId());
      walk.addTree(newTree.objectId());
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        byte[] path = walk.getRawPath();
        entries.put(
            path,
            new Entry(
                path,
                walk.getFileMode(0),
                walk.getObjectId(0),
                walk.getFileMode(1),
                walk.getObjectId(1)));
      }
      return entries;
    } catch (IOException e) {
      throw new GitException("cannot compare " + oldTree + " with " + newTree, e);
    }
  }

  static SortedMap<byte[], Entry> ofCommits(
      GitRepository repository, CommitId oldCommit, CommitId newCommit) {
    return between(
        repository,
        repository.objects().treeOf(oldCommit),
        repository.objects().treeOf(newCommit));
  }

  static List<String> paths(SortedMap<byte[], Entry> entries) {
    return entries.keySet().stream().map(GitPaths::display).toList();
  }
}
