package io.archmage.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One task as the plan states it, with aliases resolved.
 *
 * @param id unique in the plan
 * @param familiar who does it
 * @param action the kind of work, such as {@code implement}, or free text; null if not given
 * @param description what to do, or null
 * @param promptFile a file of the repository with the prompt, relative with slashes, or null
 * @param outputs files or globs it may write, relative to the repository's root; empty = unknown
 * @param inputs files or globs it reads
 * @param dependsOn declared dependencies in written order
 * @param outputKey the name under which it hands on its output, or null for its id
 * @param inputFrom results it names to be handed, in written order
 * @param parallelWith tasks it is asserted to be able to overlap with
 * @param priority 1 is the most urgent; default {@value #DEFAULT_PRIORITY}
 * @param estimate the expected run time, or null
 * @param readOnly whether its changes are discarded
 * @param timeout the longest run of one attempt, or null for the familiar's
 * @param stallTimeout the longest silence of one attempt, or null for the familiar's
 * @param reason why its dependencies exist, free text, or null
 * @param group the group that it belongs to, without its name, or null
 * @param resources how much it holds of each named resource while it runs, at least 1 each
 * @param position where the task begins in the document
 */
public record TaskSpec(
    TaskId id,
    FamiliarName familiar,
    @Nullable String action,
    @Nullable String description,
    @Nullable String promptFile,
    List<String> outputs,
    List<String> inputs,
    List<TaskDependency> dependsOn,
    @Nullable String outputKey,
    List<InputSource> inputFrom,
    List<TaskId> parallelWith,
    int priority,
    @Nullable Duration estimate,
    boolean readOnly,
    @Nullable Duration timeout,
    @Nullable Duration stallTimeout,
    @Nullable String reason,
    @Nullable TaskGroup group,
    SortedMap<String, Integer> resources,
    Position position) {

  /** The least urgent priority. */
  public static final int MAX_PRIORITY = 1_000_000;

  /** The priority of a task that states none. */
  public static final int DEFAULT_PRIORITY = 100;

  /** Copies the collections; plans stored by earlier versions may lack inputFrom and resources. */
  public TaskSpec {
    outputs = List.copyOf(outputs);
    inputs = List.copyOf(inputs);
    dependsOn = List.copyOf(dependsOn);
    inputFrom = inputFrom == null ? List.of() : List.copyOf(inputFrom);
    parallelWith = List.copyOf(parallelWith);
    resources =
        Collections.unmodifiableSortedMap(
            resources == null ? new TreeMap<>() : new TreeMap<>(resources));
  }

  /** A task with only an id and a familiar, to be completed. */
  public static Builder builder(TaskId id, FamiliarName familiar) {
    return new Builder(id, familiar);
  }

  /** The first line of the description, else the action, else the id: never blank. */
  public String title() {
    if (description != null && !description.isBlank()) {
      return description.strip().lines().findFirst().orElseThrow().strip();
    }
    return Objects.requireNonNullElse(action, id.value());
  }

  /** Collects the parts of a task; not thread-safe. */
  public static final class Builder {
    private final TaskId id;
    private final FamiliarName familiar;
    private @Nullable String action;
    private @Nullable String description;
    private @Nullable String promptFile;
    private List<String> outputs = List.of();
    private List<String> inputs = List.of();
    private List<TaskDependency> dependsOn = List.of();
    private @Nullable String outputKey;
    private List<InputSource> inputFrom = List.of();
    private List<TaskId> parallelWith = List.of();
    private int priority = DEFAULT_PRIORITY;
    private @Nullable Duration estimate;
    private boolean readOnly;
    private @Nullable Duration timeout;
    private @Nullable Duration stallTimeout;
    private @Nullable String reason;
    private @Nullable TaskGroup group;
    private SortedMap<String, Integer> resources = new TreeMap<>();
    private Position position = Position.UNKNOWN;

    private Builder(TaskId id, FamiliarName familiar) {
      this.id = id;
      this.familiar = familiar;
    }

    /** Sets {@link TaskSpec#action}. */
    public Builder action(@Nullable String value) {
      action = value;
      return this;
    }

    /** Sets {@link TaskSpec#description}. */
    public Builder description(@Nullable String value) {
      description = value;
      return this;
    }

    /** Sets {@link TaskSpec#promptFile}. */
    public Builder promptFile(@Nullable String value) {
      promptFile = value;
      return this;
    }

    /** Sets {@link TaskSpec#outputs}. */
    public Builder outputs(List<String> value) {
      outputs = value;
      return this;
    }

    /** Sets {@link TaskSpec#inputs}. */
    public Builder inputs(List<String> value) {
      inputs = value;
      return this;
    }

    /** Sets {@link TaskSpec#dependsOn}. */
    public Builder dependsOn(List<TaskDependency> value) {
      dependsOn = value;
      return this;
    }

    /** Sets {@link TaskSpec#outputKey}. */
    public Builder outputKey(@Nullable String value) {
      outputKey = value;
      return this;
    }

    /** Sets {@link TaskSpec#inputFrom}. */
    public Builder inputFrom(List<InputSource> value) {
      inputFrom = value;
      return this;
    }

    /** Sets {@link TaskSpec#parallelWith}. */
    public Builder parallelWith(List<TaskId> value) {
      parallelWith = value;
      return this;
    }

    /** Sets {@link TaskSpec#priority}. */
    public Builder priority(int value) {
      priority = value;
      return this;
    }

    /** Sets {@link TaskSpec#estimate}. */
    public Builder estimate(@Nullable Duration value) {
      estimate = value;
      return this;
    }

    /** Sets {@link TaskSpec#readOnly}. */
    public Builder readOnly(boolean value) {
      readOnly = value;
      return this;
    }

    /** Sets {@link TaskSpec#timeout}. */
    public Builder timeout(@Nullable Duration value) {
      timeout = value;
      return this;
    }

    /** Sets {@link TaskSpec#stallTimeout}. */
    public Builder stallTimeout(@Nullable Duration value) {
      stallTimeout = value;
      return this;
    }

    /** Sets {@link TaskSpec#reason}. */
    public Builder reason(@Nullable String value) {
      reason = value;
      return this;
    }

    /** Sets {@link TaskSpec#group}. */
    public Builder group(@Nullable TaskGroup value) {
      group = value;
      return this;
    }

    /** Sets {@link TaskSpec#resources}. */
    public Builder resources(SortedMap<String, Integer> value) {
      resources = value;
      return this;
    }

    /** Sets {@link TaskSpec#position}. */
    public Builder position(Position value) {
      position = value;
      return this;
    }

    /** The task. */
    public TaskSpec build() {
      return new TaskSpec(
          id,
          familiar,
          action,
          description,
          promptFile,
          outputs,
          inputs,
          dependsOn,
          outputKey,
          inputFrom,
          parallelWith,
          priority,
          estimate,
          readOnly,
          timeout,
          stallTimeout,
          reason,
          group,
          resources,
          position);
    }
  }
}
