package io.archmage.graph;

import java.time.Duration;
import java.util.List;

/**
 * The longest chain of tasks: no schedule is shorter.
 *
 * @param tasks indices from first to last
 * @param length the sum of their run times
 */
public record CriticalPath(List<Integer> tasks, Duration length) {

  /** Copies the list. */
  public CriticalPath {
    tasks = List.copyOf(tasks);
  }
}
