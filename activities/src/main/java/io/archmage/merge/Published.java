package io.archmage.merge;

import io.archmage.git.CommitId;
import java.util.Optional;

/**
 * What became of a publication; a repeat gives the same answer.
 *
 * @param how the target moved, or that it stayed
 * @param commit the target's new commit; the run's head if the target stayed
 * @param because why the target stayed
 * @param command what to call when the reason is gone
 */
public record Published(
    How how, CommitId commit, Optional<String> because, Optional<String> command) {
  /** How the target moved. */
  public enum How {
    /** It is at the run's head. */
    FAST_FORWARD,
    /** It is at a merge of both. */
    MERGE,
    /** It has one more commit with the run's changes. */
    SQUASH,
    /** It stayed where it was, as did every checkout. */
    LEFT
  }
}
