package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.FirstParents;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.FileConflict.Kind;
import io.archmage.merge.FileConflict.Side;
import io.archmage.merge.TreeDiff.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Checks that a rollback takes away nothing of the work that stays. Where two tasks made the same
 * change side by side, the merge of one shows it and that of the other does not, and undoing the
 * one would undo both without any conflict. So whatever stays, and began without what is undone, is
 * merged once more: if that changes anything, it has been lost.
 */
final class KeptWork {
  private final GitRepository repository;
  private final Rollback rollback;

  KeptWork(GitRepository repository, Rollback rollback) {
    this.repository = repository;
    this.rollback = rollback;
  }

  /** What {@code restored} lacks of {@code head} that stays, as the reason to stop; or empty. */
  Optional<RollbackOutcome> lost(CommitId head, CommitId restored) {
    for (Rollback.Work undone : rollback.undone()) {
      SortedSet<byte[]> paths = paths(undone.commit());
      for (Rollback.Work kept : keptSince(head, undone.commit())) {
        SortedSet<byte[]> shared = paths(kept.commit());
        shared.retainAll(paths);
        if (!shared.isEmpty() && isLost(undone, kept, restored)) {
          return Optional.of(stopped(undone, kept, shared));
        }
      }
    }
    return Optional.empty();
  }

  /** Attempts that stay and were merged after that commit, or made what was there already. */
  private List<Rollback.Work> keptSince(CommitId head, CommitId merge) {
    List<Rollback.Work> kept = new ArrayList<>(rollback.included());
    new FirstParents(repository)
        .forEach(head, merge, commit -> attempt(commit).ifPresent(kept::add));
    return kept;
  }

  private Optional<Rollback.Work> attempt(RevCommit commit) {
    return TaskTrailers.parse(commit.getFullMessage())
        .filter(trailers -> trailers.execution().equals(rollback.execution()))
        .filter(trailers -> rollback.undone().stream().noneMatch(work -> is(work, commit)))
        .map(
            trailers -> new Rollback.Work(
                trailers.task(),
                CommitId.of(commit.getParentCount() > 1 ? commit.getParent(1) : commit)));
  }

  private static boolean is(Rollback.Work work, RevCommit commit) {
    return work.commit().hex().equals(commit.name());
  }

  private boolean isLost(Rollback.Work undone, Rollback.Work kept, CommitId restored) {
    CommitId base = CommitId.of(repository.objects().parse(kept.commit()).getParent(0));
    if (repository.objects().isAncestor(undone.commit(), base)) {
      return false;
    }
    return switch (new ThreeWayMerge(repository).merge(base, restored, kept.commit())) {
      case ThreeWayMerge.Result.Conflicts conflicts -> true;
      case ThreeWayMerge.Result.Clean clean ->
        !clean.tree().equals(repository.objects().treeOf(restored));
    };
  }

  private SortedSet<byte[]> paths(CommitId commit) {
    SortedSet<byte[]> paths = new TreeSet<>(TreeDiff.BYTES);
    CommitId parent = CommitId.of(repository.objects().parse(commit).getParent(0));
    for (Entry entry : TreeDiff.ofCommits(repository, parent, commit).values()) {
      paths.add(entry.path());
    }
    return paths;
  }

  private static RollbackOutcome stopped(
      Rollback.Work undone, Rollback.Work kept, SortedSet<byte[]> paths) {
    return new RollbackOutcome.Stopped(
        undone.task(),
        paths.stream()
            .map(
                path -> new FileConflict(
                    GitPaths.display(path),
                    Kind.SAME_WORK,
                    new Side(kept.commit(), Optional.of(kept.task())),
                    new Side(undone.commit(), Optional.of(undone.task()))))
            .toList());
  }
}
