package io.archmage.workspace;

import io.archmage.git.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt left in its workspace.
 *
 * @param full everything that could be read, under the attempt's ref; empty if nothing changed
 * @param integrable the same without what is omitted, a child of the base and the same commit as
 *     {@code full} when nothing is; empty if nothing is left to integrate
 * @param changedFiles what {@code integrable} changes, in git's order
 * @param omitted what it leaves out
 * @param large changed files over 10 MB
 * @param embeddedRepositories directories with a {@code .git} of their own; their files are in the
 *     snapshot, their history is not
 * @param everything the tree of all that was read, and the index's, if it leaves out only what git
 *     ignores; else empty
 * @param raw whether attributes in the workspace made git fail, so that changed files were taken
 *     byte for byte, without line-end conversion and filters
 */
public record Snapshot(
    Optional<CommitId> full,
    Optional<CommitId> integrable,
    List<ChangedFile> changedFiles,
    List<Omitted> omitted,
    List<LargeFile> large,
    List<String> embeddedRepositories,
    Optional<CommitId> everything,
    boolean raw) {
  /** Copies the lists. */
  public Snapshot {
    changedFiles = List.copyOf(changedFiles);
    omitted = List.copyOf(omitted);
    large = List.copyOf(large);
    embeddedRepositories = List.copyOf(embeddedRepositories);
  }
}
