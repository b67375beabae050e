package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import java.util.Optional;

/**
 * The branch of a run or of one of its groups, which people can remove, set back or commit to while
 * the run goes on.
 */
final class RunBranch {
  private final GitRepository repository;
  private final String branch;

  /**
   * A branch on which a run's work is put together.
   *
   * @param branch its full name
   */
  RunBranch(GitRepository repository, String branch) {
    this.repository = repository;
    this.branch = branch;
  }

  /**
   * The branch's head. What was there before is put back where somebody took it away.
   *
   * @param known a head that the run had, empty if none is known
   * @throws GitException if somebody moved the branch to where the known head never was
   */
  CommitId head(Optional<CommitId> known) {
    return known.isEmpty()
        ? read().orElseThrow(() -> new GitException("the run has no branch " + branch, null))
        : headWith(known.get()).orElseThrow(() -> new GitException(moved(known.get()), null));
  }

  private Optional<CommitId> read() {
    return repository.refs().read(branch);
  }

  /**
   * The branch's head. The known head is put back where somebody took it away.
   *
   * @param known a head that the run had
   * @return empty if somebody moved the branch to where the known head never was
   */
  Optional<CommitId> headWith(CommitId known) {
    Optional<CommitId> head = read();
    if (head.isEmpty()) {
      repository.refs().create(branch, known);
    } else if (repository.objects().isAncestor(known, head.get())) {
      return head;
    } else if (repository.objects().isAncestor(head.get(), known)) {
      repository.refs().update(branch, known, head.get());
    } else {
      return Optional.empty();
    }
    return Optional.of(
        read()
            .orElseThrow(
                () -> new GitException(branch + " is being removed again and again", null)));
  }

  /** What to tell people about a branch that lacks the known head. */
  String moved(CommitId known) {
    return "somebody moved %s to %s, which lacks the run's work; put it back: git update-ref %s %s"
        .formatted(branch, head(Optional.empty()), branch, known);
  }
}
