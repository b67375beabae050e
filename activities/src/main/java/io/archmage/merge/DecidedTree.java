package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import java.util.List;

/** What a person's decision makes of a conflict. */
sealed interface DecidedTree {

  /**
   * It can be done.
   *
   * @param tree the merged tree
   * @param parents further parents of the merge commit, after the head
   */
  record Ready(CommitId tree, List<CommitId> parents) implements DecidedTree {
    /** Copies the list. */
    public Ready {
      parents = List.copyOf(parents);
    }
  }

  /**
   * It cannot be done.
   *
   * @param because why, for the person
   * @param conflicts what is in conflict now where that has changed, else empty
   */
  record Impossible(String because, List<PathConflict> conflicts) implements DecidedTree {
    /** Copies the list. */
    public Impossible {
      conflicts = List.copyOf(conflicts);
    }
  }
}
