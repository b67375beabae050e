package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second argument of every workflow; each part may be missing.
 *
 * @param repository a directory of the repository, or null for the worker's only one
 * @param target the branch to publish to, or null for the checked-out one
 * @param mergeStrategy {@code regular} or {@code squash}, or null for regular
 * @param publish {@code on_success}, {@code always} or {@code never}, or null for on_success
 * @param maxParallel attempts in flight at once, or null for the configuration's
 * @param set configuration keys set for this run, or null
 * @param planName the plan's file name for messages, or null
 * @param host the machine whose checkout the run starts from, where several share the repository;
 *     or null for the one that is asked first
 */
@Wire
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunOptions(
    @Nullable String repository,
    @Nullable String target,
    @Nullable String mergeStrategy,
    @Nullable String publish,
    @Nullable Integer maxParallel,
    @Nullable Map<String, JsonNode> set,
    @Nullable String planName,
    @Nullable String host) {

  /** The options, as earlier versions had them too. */
  @JsonCreator
  public RunOptions {}

  /** The options of a run that starts on whichever machine is asked first. */
  public RunOptions(
      @Nullable String repository,
      @Nullable String target,
      @Nullable String mergeStrategy,
      @Nullable String publish,
      @Nullable Integer maxParallel,
      @Nullable Map<String, JsonNode> set,
      @Nullable String planName) {
    this(repository, target, mergeStrategy, publish, maxParallel, set, planName, null);
  }

  /** Nothing given. */
  public static final RunOptions NONE =
      new RunOptions(null, null, null, null, null, null, null);

  /** The same with that name of the plan for messages. */
  public RunOptions named(String plan) {
    return new RunOptions(
        repository, target, mergeStrategy, publish, maxParallel, set, plan, host);
  }

  /** The same for that machine's checkout. */
  public RunOptions at(@Nullable String machine) {
    return new RunOptions(
        repository, target, mergeStrategy, publish, maxParallel, set, planName, machine);
  }
}
