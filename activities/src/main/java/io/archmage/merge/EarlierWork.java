package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.FirstParents;
import io.archmage.git.GitRepository;
import io.archmage.git.TaskTrailers;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What an attempt's last snapshot, under its ref, is over another base. Nothing but the repository
 * is needed, so any machine that has the ref can ask.
 */
public final class EarlierWork {

  /** What it is there. */
  public sealed interface Over {

    /** The attempt changed nothing, or all of it is in the base already. */
    record Nothing() implements Over {}

    /**
     * It fits.
     *
     * @param tree the base's files with the attempt's changes
     */
    record Files(CommitId tree) implements Over {}

    /** What was merged since is in conflict with it. */
    record Misfit() implements Over {}
  }

  private final GitRepository repository;

  /** Work that is in that repository. */
  public EarlierWork(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * Puts the changes of a snapshot over a base, in core.
   *
   * @param attempt whose snapshot it is
   * @param snapshot the commit under the attempt's ref
   * @param base the commit that another attempt starts from
   */
  public Over over(TaskTrailers attempt, CommitId snapshot, CommitId base) {
    Optional<CommitId> before =
        new FirstParents(repository)
            .find(snapshot, commit -> false, commit -> !isOf(attempt, commit))
            .map(CommitId::of);
    if (before.isEmpty() || before.get().equals(snapshot)) {
      return new Over.Nothing();
    }
    return switch (new ThreeWayMerge(repository).merge(before.get(), base, snapshot)) {
      case ThreeWayMerge.Result.Clean clean when clean.tree().equals(tree(base)) ->
        new Over.Nothing();
      case ThreeWayMerge.Result.Clean clean -> new Over.Files(clean.tree());
      case ThreeWayMerge.Result.Conflicts conflicts -> new Over.Misfit();
    };
  }

  /** An attempt has one commit, or two; one that changed nothing has its base's ref. */
  private static boolean isOf(TaskTrailers attempt, RevCommit commit) {
    return TaskTrailers.parse(commit.getFullMessage()).filter(attempt::equals).isPresent();
  }

  private CommitId tree(CommitId commit) {
    return repository.objects().treeOf(commit);
  }
}
