package io.archmage.plan;

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
 */
public record Plan(
    @Nullable String name,
    Execution execution,
    List<TaskSpec> tasks,
    List<Stage> stages,
    boolean barrier) {

  /** Copies the lists. */
  public Plan {
    tasks = List.copyOf(tasks);
    stages = List.copyOf(stages);
  }
}
