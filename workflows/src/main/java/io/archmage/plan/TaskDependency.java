package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * One declared dependency of a task.
 *
 * @param task the task depended on
 * @param type hard or soft
 * @param position where it is written
 * @param reason why it exists, free text, or null
 */
public record TaskDependency(
    TaskId task, DependencyType type, Position position, @Nullable String reason) {

  /** Names the constructor that JSON uses. */
  @JsonCreator
  public TaskDependency {}

  /** A dependency without a reason. */
  public TaskDependency(TaskId task, DependencyType type, Position position) {
    this(task, type, position, null);
  }
}
