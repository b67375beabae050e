package io.archmage.cli;

import io.archmage.contract.RunOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run that a person asks for.
 *
 * @param document the plan
 * @param repository a directory of the repository
 * @param configuration the configuration given explicitly, or null
 * @param runId the run's id, or null for a fresh one
 * @param options what the person chose; its repository and plan name are filled in later
 * @param server what {@code --server} says, or null
 * @param trust whether {@code --trust} was given
 * @param mayAsk whether a person is there to be asked
 */
record RunRequest(
    PlanDocument document,
    Path repository,
    @Nullable Path configuration,
    @Nullable String runId,
    RunOptions options,
    @Nullable String server,
    boolean trust,
    boolean mayAsk) {

  /** The options with the repository and the plan's name. */
  RunOptions optionsFor(OpenedProject project) {
    return new RunOptions(
        project.repository().toString(),
        options.target(),
        options.mergeStrategy(),
        options.publish(),
        options.maxParallel(),
        options.set(),
        document.fileName());
  }
}
