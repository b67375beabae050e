package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import java.util.Optional;

/** The head of a run's branch. */
final class RunHead {

  private RunHead() {}

  /**
   * Reads the head. What was integrated before is put back where somebody took it away.
   *
   * @param known the run's head as it was before, empty if that is not known
   */
  static CommitId read(GitRepository repository, RunRefs refs, Optional<CommitId> known) {
    String branch = refs.branch();
    Optional<CommitId> head = repository.refs().read(branch);
    if (known.isEmpty()) {
      return head.orElseThrow(() -> new GitException("the run has no branch " + branch, null));
    }
    if (head.isEmpty()) {
      repository.refs().create(branch, known.get());
    } else if (!repository.objects().isAncestor(known.get(), head.get())) {
      if (!repository.objects().isAncestor(head.get(), known.get())) {
        throw new GitException(
            "somebody moved %s to %s, which lacks the run's work; put it back: git update-ref %s %s"
                .formatted(branch, head.get(), branch, known.get()),
            null);
      }
      repository.refs().update(branch, known.get(), head.get());
    } else {
      return head.get();
    }
    return repository
        .refs()
        .read(branch)
        .orElseThrow(() -> new GitException(branch + " is being removed again and again", null));
  }
}
