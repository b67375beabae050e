package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.FirstParents;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Looks back along first parents. */
final class BranchHistory {
  private final GitRepository repository;
  private final FirstParents commits;

  BranchHistory(GitRepository repository) {
    this.repository = repository;
    this.commits = new FirstParents(repository);
  }

  /** Returns the newest commit that passes {@code test}; the walk ends before {@code end}. */
  Optional<RevCommit> find(
      CommitId head, Predicate<RevCommit> end, Predicate<RevCommit> test) {
    return commits.find(head, end, test);
  }

  /** Returns the conflicts with who touched each path on this side since {@code base}. */
  List<FileConflict> conflicts(
      List<PathConflict> paths, CommitId head, CommitId base, FileConflict.Side theirs) {
    return paths.stream()
        .map(
            path -> new FileConflict(
                path.path(),
                path.kind(),
                lastToTouch(path.path(), head, base),
                theirs,
                path.clashes()))
        .toList();
  }

  /** Returns who touched {@code path} last between {@code base} and {@code head}, else the head. */
  FileConflict.Side lastToTouch(String path, CommitId head, CommitId base) {
    RevCommit last =
        find(head, commit -> commit.name().equals(base.hex()), commit -> touches(commit, path))
            .orElseGet(() -> repository.objects().parse(head));
    return new FileConflict.Side(
        CommitId.of(last), author(last.getFullMessage()));
  }

  /** The task whose work a commit is, or the group's. */
  private static Optional<String> author(String message) {
    return TaskTrailers.parse(message)
        .map(TaskTrailers::task)
        .or(() -> Optional.ofNullable(TaskTrailers.values(message).get(GroupMerge.GROUP)));
  }

  private boolean touches(RevCommit commit, String path) {
    if (commit.getParentCount() == 0) {
      return true;
    }
    CommitId parent = CommitId.of(commit.getParent(0));
    return !entry(CommitId.of(commit), path).equals(entry(parent, path));
  }

  private String entry(CommitId commit, String path) {
    ObjectId tree = repository.objects().treeOf(commit).objectId();
    try (TreeWalk walk = TreeWalk.forPath(repository.jgit(), path, tree)) {
      return walk == null ? "" : walk.getFileMode(0) + " " + walk.getObjectId(0).name();
    } catch (IOException e) {
      throw new GitException("cannot read " + path + " of " + commit, e);
    }
  }
}
