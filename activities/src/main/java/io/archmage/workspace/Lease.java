package io.archmage.workspace;

import io.archmage.contract.RunKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A workspace of the pool that a task holds.
 *
 * @param root the workspace's root, see {@link Workspace}
 * @param holder who has it
 * @param previous the run whose ignored files may still lie in it, or null if it is new
 */
public record Lease(Path root, Holder holder, @Nullable RunKey previous) {

  /**
   * Who holds a workspace.
   *
   * @param run the run
   * @param task the task's id
   */
  public record Holder(RunKey run, String task) {}

  /** What becomes of ignored files: they are shared by the tasks of one run alone. */
  public Workspace.IgnoredFiles ignoredFiles() {
    return holder.run().equals(previous)
        ? Workspace.IgnoredFiles.KEEP
        : Workspace.IgnoredFiles.REMOVE;
  }
}
