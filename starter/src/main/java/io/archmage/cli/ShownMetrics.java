package io.archmage.cli;

import io.archmage.config.Configuration;
import io.archmage.config.ConfigurationReader;
import io.archmage.config.ConfigurationReading;
import io.archmage.plan.document.DocumentSyntax;
import io.archmage.report.Metric;
import io.archmage.worker.ProjectLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which figures of a run are shown to people. */
final class ShownMetrics {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration whose choice of metrics is shown. Default: that of the"
          + " run's repository; all metrics where there is none.")
  private @Nullable Path configuration;

  /**
   * The figures to show.
   *
   * @param repository the run's repository, which may be elsewhere, or null
   * @throws CommandFailure if the configuration given explicitly cannot be used
   */
  List<Metric> of(@Nullable String repository, Console console) {
    if (configuration != null) {
      Path file = console.resolve(configuration);
      if (!Files.isRegularFile(file)) {
        throw CommandFailure.invalid("There is no file " + configuration + " (--config).");
      }
      return switch (read(file)) {
        case ConfigurationReading.Read read -> read.configuration().metrics();
        case ConfigurationReading.Problems problems ->
          throw CommandFailure.problems(
              "The configuration cannot be used.",
              problems.problems().stream().map(each -> each.inFile(file.toString())).toList());
      };
    }
    if (repository == null) {
      return Configuration.DEFAULT.metrics();
    }
    Path own = Path.of(repository, ProjectLoader.OWN_CONFIGURATION);
    return Files.isRegularFile(own) && read(own) instanceof ConfigurationReading.Read read
        ? read.configuration().metrics()
        : Configuration.DEFAULT.metrics();
  }

  private static ConfigurationReading read(Path file) {
    try {
      return ConfigurationReader.read(
          Files.readAllBytes(file), DocumentSyntax.ofFileName(file.toString()));
    } catch (IOException e) {
      throw CommandFailure.environment("The configuration " + file + " cannot be read: " + e);
    }
  }
}
