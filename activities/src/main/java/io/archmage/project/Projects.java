package io.archmage.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The repositories that one worker serves.
 *
 * @param all at least one, each with another id
 */
public record Projects(List<Project> all) {

  /** Copies the list. */
  public Projects {
    all = List.copyOf(all);
  }

  /**
   * The project that a request names, by its path or, where several machines serve it, its id.
   *
   * @throws IllegalArgumentException if this worker does not serve it
   */
  public Project require(String name) {
    return all.stream()
        .filter(project -> project.id().equals(name) || project.path().equals(Path.of(name)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("this worker does not serve " + name));
  }

  /** The project of that id. */
  public Optional<Project> withId(String id) {
    return all.stream().filter(project -> project.id().equals(id)).findFirst();
  }
}
