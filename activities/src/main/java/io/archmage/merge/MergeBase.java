package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.git.Identity;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** What two branches have in common that took work from each other. */
final class MergeBase {

  private final GitRepository repository;

  MergeBase(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * The commit both build on; where there are several of which none is in another, their merge, as
   * far as they merge.
   *
   * @param otherwise if the histories have nothing in common
   */
  CommitId of(CommitId ours, CommitId theirs, CommitId otherwise) {
    GitResult found = repository.git().run("merge-base", "--all", ours.hex(), theirs.hex());
    List<CommitId> bases = found.text().lines().map(CommitId::new).toList();
    if (bases.isEmpty()) {
      return otherwise;
    }
    Iterator<CommitId> all = bases.iterator();
    CommitId base = all.next();
    while (all.hasNext()) {
      CommitId next = all.next();
      if (new ThreeWayMerge(repository).merge(base,
          next) instanceof ThreeWayMerge.Result.Clean both) {
        // Only its tree and ancestry count; no ref ever names it.
        base =
            repository
                .objects()
                .writeCommit(
                    both.tree(),
                    List.of(base, next),
                    Identity.ARCHMAGE,
                    "what both have\n",
                    Instant.EPOCH);
      }
    }
    return base;
  }
}
