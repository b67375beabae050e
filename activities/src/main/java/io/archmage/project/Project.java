package io.archmage.project;

import io.archmage.config.Configuration;
import io.archmage.git.GitRepository;
import java.nio.file.Path;

/**
 * One repository that a worker serves. Thread-safe as far as its parts are.
 *
 * @param repository the opened repository; lives as long as the worker
 * @param path how the repository is named to users: its top directory, or its git directory if bare
 * @param configuration what holds for its runs
 * @param configHash 64 hex digits; equal for equal configurations
 * @param state the folder of this repository in Archmage's state directory
 */
public record Project(
    GitRepository repository,
    Path path,
    Configuration configuration,
    String configHash,
    Path state) {

  /** The 12 hex digits that name the repository on its server. */
  public String id() {
    return repository.repoId();
  }

  /** Where runs keep what they need on this machine. */
  public RunFolders folders() {
    return new RunFolders(state.resolve("runs"));
  }
}
