package io.archmage.worker;

import io.archmage.project.Project;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker serves.
 *
 * @param projects at least one, each with another id
 * @param queue the queue that takes the place of {@code archmage}
 * @param untilIdle it ends after that long without an open run, or never if null
 */
public record WorkerSettings(
    List<Project> projects, String queue, @Nullable Duration untilIdle) {

  /** Copies the list. */
  public WorkerSettings {
    projects = List.copyOf(projects);
  }
}
