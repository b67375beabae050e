package io.archmage.workspace;

import io.archmage.git.Identity;
import io.archmage.git.TaskTrailers;
import java.time.Instant;
import java.util.List;

/**
 * How to record a workspace.
 *
 * @param description of the task; its first line goes into the subject
 * @param trailers which attempt this is
 * @param author of the commits
 * @param when the commits were made
 * @param ref the attempt's ref, see {@link io.archmage.git.RunRefs#attempt}
 * @param outputs the task's declared outputs, git {@code glob} patterns from the top
 */
public record SnapshotRequest(
    String description,
    TaskTrailers trailers,
    Identity author,
    Instant when,
    String ref,
    List<String> outputs) {
  /** Copies the list. */
  public SnapshotRequest {
    outputs = List.copyOf(outputs);
  }
}
