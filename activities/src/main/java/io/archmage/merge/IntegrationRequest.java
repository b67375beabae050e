package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.Identity;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.plan.MergeRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to integrate.
 *
 * @param refs of the run
 * @param branch the full name of the branch to integrate into, which must exist
 * @param linear whether that branch gets commits with one parent only
 * @param attempt the commit to integrate, a child of {@code base}
 * @param base the commit the attempt started from
 * @param knownHead the head when this integration was first asked for; how far back a repeat looks
 * @param description of the task; its first line goes into the subject
 * @param trailers which attempt this is
 * @param author of a merge commit
 * @param when a merge commit was made
 * @param protectedPaths more files only a person may let through, {@code .gitignore} syntax
 * @param approved whether a person let the protected files through
 * @param rules for merging files by their declarations, empty if they are merged by lines alone
 */
public record IntegrationRequest(
    RunRefs refs,
    String branch,
    boolean linear,
    CommitId attempt,
    CommitId base,
    Optional<CommitId> knownHead,
    String description,
    TaskTrailers trailers,
    Identity author,
    Instant when,
    List<String> protectedPaths,
    boolean approved,
    Optional<MergeRules> rules) {
  /** Copies the list. */
  public IntegrationRequest {
    protectedPaths = List.copyOf(protectedPaths);
  }

  /** A request to integrate into the run's own branch. */
  public IntegrationRequest(
      RunRefs refs,
      CommitId attempt,
      CommitId base,
      Optional<CommitId> knownHead,
      String description,
      TaskTrailers trailers,
      Identity author,
      Instant when,
      List<String> protectedPaths,
      boolean approved,
      Optional<MergeRules> rules) {
    this(
        refs, refs.branch(), false, attempt, base, knownHead, description, trailers, author, when,
        protectedPaths, approved, rules);
  }

  /** A request to merge by lines alone. */
  public IntegrationRequest(
      RunRefs refs,
      CommitId attempt,
      CommitId base,
      Optional<CommitId> knownHead,
      String description,
      TaskTrailers trailers,
      Identity author,
      Instant when,
      List<String> protectedPaths,
      boolean approved) {
    this(
        refs,
        attempt,
        base,
        knownHead,
        description,
        trailers,
        author,
        when,
        protectedPaths,
        approved,
        Optional.empty());
  }
}
