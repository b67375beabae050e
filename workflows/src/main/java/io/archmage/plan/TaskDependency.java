package io.archmage.plan;

/**
 * One declared dependency of a task.
 *
 * @param task the task depended on
 * @param type hard or soft
 * @param position where it is written
 */
public record TaskDependency(TaskId task, DependencyType type, Position position) {}
