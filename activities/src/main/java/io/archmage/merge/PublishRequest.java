package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import java.time.Instant;

/**
 * What to publish, and how.
 *
 * @param refs of the run
 * @param execution the id of the run's first execution
 * @param knownHead the head that the run ended with; the branch is put back to it where somebody
 *     took it away
 * @param target the local branch to move, without {@code refs/heads/}
 * @param style one commit or the whole history
 * @param subject of a commit made for this
 * @param author of a commit made for this
 * @param when such a commit was made
 */
public record PublishRequest(
    RunRefs refs,
    String execution,
    CommitId knownHead,
    String target,
    Style style,
    String subject,
    Identity author,
    Instant when) {
  /** What the target's history gets. */
  public enum Style {
    /** The run's commits: a fast-forward if the run descends from the target, else a merge. */
    MERGE,
    /** One commit with one parent. */
    SQUASH,
    /**
     * The run's commits, each with one parent, if the run descends from the target; else one commit
     * with one parent.
     */
    LINEAR
  }
}
