package io.archmage.share;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.RefStore;
import java.util.Optional;
import java.util.function.Supplier;

/** Moves the heads of runs: in one repository alone, or on a remote first and then here. */
public interface RunHeads {

  /** Does something with a head while no other thread does, where that is needed. */
  <T> T alone(Supplier<T> work);

  /**
   * Brings the branch here to where it is.
   *
   * @param branch its full name
   * @param known a head that the run had, empty if none is known
   */
  void refresh(String branch, Optional<CommitId> known);

  /**
   * Moves the branch from one head to the next.
   *
   * @param branch its full name
   * @return {@link RefStore.Change#LOST} if somebody else moved it first
   */
  RefStore.Change advance(String branch, CommitId next, CommitId head);

  /** Heads of runs that one machine has to itself. */
  static RunHeads in(GitRepository repository) {
    return new RunHeads() {
      @Override
      public <T> T alone(Supplier<T> work) {
        return repository.locked(work);
      }

      @Override
      public void refresh(String branch, Optional<CommitId> known) {
        // The branch here is the only one.
      }

      @Override
      public RefStore.Change advance(String branch, CommitId next, CommitId head) {
        return repository.refs().update(branch, next, head);
      }
    };
  }
}
