package io.archmage.graph;

import io.archmage.plan.TaskId;
import java.util.List;

/**
 * Tasks that may write the same file.
 *
 * @param file the file, or the narrowest of the patterns that overlap
 * @param tasks in declared order, at least two
 * @param resolution what keeps them apart
 */
public record Conflict(String file, List<TaskId> tasks, ConflictResolution resolution) {

  /** Copies the list. */
  public Conflict {
    tasks = List.copyOf(tasks);
  }
}
