package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.FirstParents;
import io.archmage.git.GitRepository;
import io.archmage.git.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The ancestry that squashed commits do not show. A run's head into which groups were squashed has
 * their work, but git cannot see that it merged their branches, and would merge the same work once
 * more. The trailers of such commits say which heads they took in.
 */
final class Ancestry {

  private final GitRepository repository;
  private final CommitId base;

  /**
   * The ancestry of one run's commits.
   *
   * @param base the commit that the run started from
   */
  Ancestry(GitRepository repository, CommitId base) {
    this.repository = repository;
    this.base = base;
  }

  /** A commit with the same files and all that went into them as its ancestors. */
  CommitId of(CommitId commit) {
    List<CommitId> parents = new ArrayList<>(List.of(commit));
    new FirstParents(repository)
        .forEach(
            commit,
            base,
            step -> {
              if (step.getParentCount() == 1) {
                GroupMerge.head(step.getFullMessage())
                    .filter(repository.objects()::has)
                    .filter(
                        taken -> parents.stream()
                            .noneMatch(known -> repository.objects().isAncestor(taken, known)))
                    .ifPresent(parents::add);
              }
            });
    return parents.size() == 1
        ? commit
        : repository
            .objects()
            .writeCommit(
                repository.objects().treeOf(commit),
                parents,
                Identity.ARCHMAGE,
                "the run's work with where it came from\n",
                Instant.EPOCH);
  }
}
