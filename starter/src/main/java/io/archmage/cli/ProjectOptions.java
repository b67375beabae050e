package io.archmage.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a repository and its configuration. */
final class ProjectOptions {

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      description = "The repository. Default: that of the current directory.")
  private @Nullable Path repository;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration. Default: runes/config/parallel.yaml in the repository, "
          + "else built-in"
          + " defaults.")
  private @Nullable Path configuration;

  /** A directory of the repository, absolute. */
  Path repository(Console console) {
    return repository == null ? console.directory() : console.resolve(repository);
  }

  /** The configuration given, absolute, or null. */
  @Nullable
  Path configuration(Console console) {
    return configuration(console, configuration);
  }

  /** The configuration that {@code --config} names, absolute, or null. */
  static @Nullable Path configuration(Console console, @Nullable Path given) {
    if (given == null) {
      return null;
    }
    Path file = console.resolve(given);
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.invalid("There is no file " + given + " (--config).");
    }
    return file;
  }
}
