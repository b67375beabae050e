package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as its document states it; not yet proven to be able to run.
 *
 * @param name a name the document gives itself, or null
 * @param execution the pattern
 * @param tasks in declared order
 * @param stages written-out stages in ascending order, empty unless the plan has stages
 * @param barrier whether a stage waits for the whole stage before it
 * @param input the text that a pipeline begins with, or null
 * @param split what a fan-out divides among its tasks, or null
 * @param conflicts what happens to work that does not merge, or null for the configuration's
 * @param merge what it says about merging, or null for nothing
 * @param groups the groups that tasks belong to, in the order in which they are named first
 */
public record Plan(
    @Nullable String name,
    Execution execution,
    List<TaskSpec> tasks,
    List<Stage> stages,
    boolean barrier,
    @Nullable String input,
    @Nullable Split split,
    @Nullable ConflictPolicy conflicts,
    @Nullable MergeSettings merge,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskGroup> groups) {

  /** Copies the lists; plans stored by earlier versions have no groups. */
  @JsonCreator
  public Plan {
    tasks = List.copyOf(tasks);
    stages = List.copyOf(stages);
    groups = groups == null ? List.of() : List.copyOf(groups);
  }

  /** A plan without groups. */
  public Plan(
      @Nullable String name,
      Execution execution,
      List<TaskSpec> tasks,
      List<Stage> stages,
      boolean barrier,
      @Nullable String input,
      @Nullable Split split,
      @Nullable ConflictPolicy conflicts,
      @Nullable MergeSettings merge) {
    this(
        name, execution, tasks, stages, barrier, input, split, conflicts, merge, List.of());
  }

  /** A plan of tasks and stages alone. */
  public Plan(
      @Nullable String name,
      Execution execution,
      List<TaskSpec> tasks,
      List<Stage> stages,
      boolean barrier) {
    this(name, execution, tasks, stages, barrier, null, null, null, null);
  }

  /** The same plan that says this about merging. */
  public Plan withMerge(MergeSettings settings) {
    return new Plan(
        name, execution, tasks, stages, barrier, input, split, conflicts, settings, groups);
  }

  /** The same plan with these groups. */
  public Plan withGroups(List<TaskGroup> all) {
    return new Plan(
        name, execution, tasks, stages, barrier, input, split, conflicts, merge, all);
  }
}
