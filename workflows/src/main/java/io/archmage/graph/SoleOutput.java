package io.archmage.graph;

import io.archmage.plan.TaskId;

/**
 * A file that only one task may write, so that no other task has to wait for it.
 *
 * @param file the file or pattern; it overlaps with no output of another task
 * @param task the task that declares it
 */
public record SoleOutput(String file, TaskId task) {}
