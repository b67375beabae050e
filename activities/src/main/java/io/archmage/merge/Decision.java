package io.archmage.merge;

import io.archmage.git.CommitId;
import java.util.List;

/** How a person wants a conflict to end. */
public sealed interface Decision {

  /** The head of the run that the person was shown. */
  CommitId shown();

  /** The name in trailers. */
  String key();

  /**
   * One side's version of the conflicting files.
   *
   * @param side whose
   * @param shown the head of the run that the person was shown
   * @param files the conflicting files that the person was shown
   */
  record TakeSide(Side side, CommitId shown, List<String> files) implements Decision {
    /** Copies the list. */
    public TakeSide {
      files = List.copyOf(files);
    }

    @Override
    public String key() {
      return side == Side.OURS ? "ours" : "theirs";
    }
  }

  /**
   * A commit that the person made.
   *
   * @param revision what the person calls it
   * @param shown the head of the run that the person was shown, an ancestor of the commit
   */
  record TakeCommit(String revision, CommitId shown) implements Decision {
    @Override
    public String key() {
      return "commit";
    }
  }

  /** One side of a conflict. */
  enum Side {
    /** The run's head. */
    OURS,
    /** The attempt. */
    THEIRS
  }
}
