package io.archmage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.archmage.contract.RunOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that change how a plan is run. */
final class ChoiceOptions {

  private static final List<String> STRATEGIES = List.of("regular", "squash");

  @Option(
      names = "--max-concurrency",
      paramLabel = "N",
      description = "Attempts in flight at once, at least 1. Default: the configuration's.")
  private @Nullable Integer maxConcurrency;

  @Option(
      names = "--merge-strategy",
      paramLabel = "regular|squash",
      description = "Keep the attempts' commits, or make one commit per task. Default: regular.")
  private @Nullable String mergeStrategy;

  @Option(
      names = "--target",
      paramLabel = "BRANCH",
      description = "The branch to publish to. Default: the checked-out one.")
  private @Nullable String target;

  @Option(
      names = "--no-publish",
      description = "Leave the result in the run's branch.")
  private boolean noPublish;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key of the configuration for this run, such as"
          + " error_handling.max_retries=0. Repeatable.")
  private Map<String, String> set =
      new LinkedHashMap<>();

  /**
   * What was chosen.
   *
   * @throws CommandFailure if a value cannot be used
   */
  RunOptions toRunOptions() {
    if (maxConcurrency != null && maxConcurrency < 1) {
      throw CommandFailure.invalid(
          "--max-concurrency is " + maxConcurrency + "; it is at least 1.");
    }
    if (mergeStrategy != null && !STRATEGIES.contains(mergeStrategy)) {
      throw CommandFailure.invalid(
          "--merge-strategy is '" + mergeStrategy + "'; it is regular or squash.");
    }
    return new RunOptions(
        null,
        target,
        mergeStrategy,
        noPublish ? "never" : null,
        maxConcurrency,
        set.isEmpty() ? null : scalars(),
        null);
  }

  /** Values are read as JSON scalars where they are that, else as text. */
  private Map<String, JsonNode> scalars() {
    Map<String, JsonNode> scalars = new LinkedHashMap<>();
    set.forEach((key, value) -> scalars.put(key, scalar(value)));
    return scalars;
  }

  private static JsonNode scalar(String value) {
    try {
      JsonNode node = Json.tree(value);
      return node.isValueNode() && !node.isNull() ? node : TextNode.valueOf(value);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(value);
    }
  }
}
