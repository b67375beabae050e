package io.archmage.merge;

import io.archmage.git.CommitId;
import java.util.List;

/** What became of an integration; {@code head} is the run's head after it. */
public sealed interface MergeOutcome {
  /** Returns the run's head: after this merge, or where it stays. */
  CommitId head();

  /**
   * The head has the attempt's work; a repeat gives the same answer.
   *
   * @param head the commit this integration made the head
   * @param files what it changed on the branch
   * @param structural those of them that were merged by their declarations
   * @param unchecked those that both sides changed and that could not be looked into, each with the
   *     reason; a repeat does not know them any more
   */
  record Merged(
      CommitId head,
      MergeHow how,
      List<String> files,
      List<String> structural,
      List<String> unchecked)
      implements
        MergeOutcome {
    /** Copies the lists. */
    public Merged {
      files = List.copyOf(files);
      structural = List.copyOf(structural);
      unchecked = List.copyOf(unchecked);
    }

    /** A merge in which nothing was merged by declarations, and nothing escaped the checks. */
    public Merged(CommitId head, MergeHow how, List<String> files) {
      this(head, how, files, List.of(), List.of());
    }
  }

  /** The attempt brings nothing the head does not have. */
  record Unchanged(CommitId head) implements MergeOutcome {}

  /** Nothing was changed; each path says why. */
  record Conflicted(CommitId head, List<FileConflict> conflicts) implements MergeOutcome {
    /** Copies the list. */
    public Conflicted {
      conflicts = List.copyOf(conflicts);
    }
  }

  /**
   * Nothing was changed: what a person decided cannot be done.
   *
   * @param head where the run stays
   * @param because why, for that person
   * @param conflicts what is in conflict now where that has changed, else empty
   */
  record Refused(CommitId head, String because, List<FileConflict> conflicts)
      implements
        MergeOutcome {
    /** Copies the list. */
    public Refused {
      conflicts = List.copyOf(conflicts);
    }
  }

  /** Nothing was changed: the attempt touches files a person has to approve first. */
  record Protected(CommitId head, List<String> files) implements MergeOutcome {
    /** Copies the list. */
    public Protected {
      files = List.copyOf(files);
    }
  }
}
