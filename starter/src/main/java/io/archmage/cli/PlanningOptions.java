package io.archmage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.archmage.contract.RunOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that change how a plan is read and scheduled. */
final class PlanningOptions {

  @Option(
      names = "--max-concurrency",
      paramLabel = "N",
      description = "Attempts in flight at once, at least 1. Default: the configuration's.")
  private @Nullable Integer maxConcurrency;

  @Option(
      names = "--target",
      paramLabel = "BRANCH",
      description = "The branch to start from and publish to. Default: the checked-out one.")
  private @Nullable String target;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key of the configuration for this run, such as"
          + " error_handling.max_retries=0. Repeatable.")
  private Map<String, String> set =
      new LinkedHashMap<>();

  /**
   * What was chosen, without anything about merging and publishing.
   *
   * @throws CommandFailure if a value cannot be used
   */
  RunOptions toRunOptions() {
    return toRunOptions(null, null);
  }

  /**
   * What was chosen.
   *
   * @param mergeStrategy how attempts are merged, or null
   * @param publish when the result is published, or null
   * @throws CommandFailure if a value cannot be used
   */
  RunOptions toRunOptions(@Nullable String mergeStrategy, @Nullable String publish) {
    if (maxConcurrency != null && maxConcurrency < 1) {
      throw CommandFailure.invalid(
          "--max-concurrency is " + maxConcurrency + "; it is at least 1.");
    }
    return new RunOptions(
        null,
        target,
        mergeStrategy,
        publish,
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
