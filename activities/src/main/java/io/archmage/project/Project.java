package io.archmage.project;

import io.archmage.config.Configuration;
import io.archmage.git.GitRepository;
import java.nio.file.Path;

/**
 * One repository that a worker serves. Thread-safe as far as its parts are.
 *
 * @param id the 12 hex digits that name the repository on its server: of its place on this machine,
 *     or of the remote that several machines share
 * @param repository the opened repository; lives as long as the worker
 * @param path how the repository is named to users: its top directory, or its git directory if bare
 * @param configuration what holds for its runs
 * @param configHash 64 hex digits; equal for equal configurations
 * @param state the folder of this repository in Archmage's state directory
 */
public record Project(
    String id,
    GitRepository repository,
    Path path,
    Configuration configuration,
    String configHash,
    Path state) {

  /** A repository that this machine has to itself. */
  public Project(
      GitRepository repository,
      Path path,
      Configuration configuration,
      String configHash,
      Path state) {
    this(repository.repoId(), repository, path, configuration, configHash, state);
  }

  /** Where runs keep what they need on this machine. */
  public RunFolders folders() {
    return new RunFolders(state.resolve("runs"));
  }
}
