package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RefStore;
import io.archmage.git.RunRefs;
import io.archmage.share.RunHeads;
import java.io.IOException;
import java.util.Optional;

/**
 * Moves a branch on which a run's work is put together, and with it the worktree that shows it. A
 * worktree in which somebody works keeps its files and is taken off the branch first: a commit made
 * there would otherwise undo what the branch got meanwhile.
 */
final class BranchMove {
  private final GitRepository repository;
  private final RunHeads heads;

  BranchMove(GitRepository repository) {
    this(repository, RunHeads.in(repository));
  }

  BranchMove(GitRepository repository, RunHeads heads) {
    this.repository = repository;
    this.heads = heads;
  }

  /** Moves it; false if it is not at {@code from} any more. */
  boolean move(String ref, CommitId from, CommitId to) {
    if (!ref.startsWith(RunRefs.BRANCHES)) {
      try {
        Optional<Checkout> shown = new Checkouts(repository).of(ref).filter(Checkout::isThere);
        if (shown.isPresent()) {
          switch (shown.get().fastForward(ref, from, to)) {
            case Checkout.Result.Done done -> {
              return true;
            }
            case Checkout.Result.Moved moved -> {
              return false;
            }
            case Checkout.Result.Refused refused -> shown.get().detach(ref, from);
          }
        }
      } catch (IOException e) {
        throw new GitException("cannot look at the worktree of " + ref, e);
      }
    }
    return heads.advance(ref, to, from) != RefStore.Change.LOST;
  }
}
