package io.archmage.cli;

import io.archmage.contract.RunOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that change how a plan is run. */
final class ChoiceOptions {

  private static final List<String> STRATEGIES = List.of("regular", "squash");

  @Mixin
  private PlanningOptions planning;

  @Option(
      names = "--merge-strategy",
      paramLabel = "regular|squash",
      description = "Keep the attempts' commits, or make one commit per task. Default: regular.")
  private @Nullable String mergeStrategy;

  @Option(
      names = "--no-publish",
      description = "Leave the result in the run's branch.")
  private boolean noPublish;

  /**
   * What was chosen.
   *
   * @throws CommandFailure if a value cannot be used
   */
  RunOptions toRunOptions() {
    if (mergeStrategy != null && !STRATEGIES.contains(mergeStrategy)) {
      throw CommandFailure.invalid(
          "--merge-strategy is '" + mergeStrategy + "'; it is regular or squash.");
    }
    return planning.toRunOptions(mergeStrategy, noPublish ? "never" : null);
  }
}
