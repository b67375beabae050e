package io.archmage.merge;

import io.archmage.git.CommitId;
import java.util.List;

/** What became of a rollback. */
public sealed interface RollbackOutcome {

  /**
   * The head is without the work; a repeat gives the same answer.
   *
   * @param head the commit that this made the head
   * @param files what it changed on the branch
   */
  record Undone(CommitId head, List<String> files) implements RollbackOutcome {
    /** Copies the list. */
    public Undone {
      files = List.copyOf(files);
    }
  }

  /**
   * Nothing was changed, because work that stays would not.
   *
   * @param task what cannot be undone
   * @param conflicts each path with whose work stands against it, not empty
   */
  record Stopped(String task, List<FileConflict> conflicts) implements RollbackOutcome {
    /** Copies the list. */
    public Stopped {
      conflicts = List.copyOf(conflicts);
    }
  }
}
