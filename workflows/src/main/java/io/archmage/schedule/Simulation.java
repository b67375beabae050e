package io.archmage.schedule;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run would go. All times count from the run's start.
 *
 * @param tasks in declared order
 * @param attempts in the order of their dispatch
 * @param makespan when the last attempt ended; zero if there was none
 * @param maxParallelism the most attempts that were under way at once
 */
public record Simulation(
    List<SimulatedTask> tasks,
    List<SimulatedAttempt> attempts,
    Duration makespan,
    int maxParallelism) {

  /** Copies the lists. */
  public Simulation {
    tasks = List.copyOf(tasks);
    attempts = List.copyOf(attempts);
  }

  /**
   * A task's part.
   *
   * @param status how it ended
   * @param start when its first attempt began, or null if it never ran
   * @param finish when its last attempt ended, or null if it never ran
   */
  public record SimulatedTask(
      TaskStatus status, @Nullable Duration start, @Nullable Duration finish) {}

  /**
   * One attempt.
   *
   * @param task index of the task
   * @param attempt 1 for the task's first
   * @param start when it began
   * @param finish when it ended
   */
  public record SimulatedAttempt(int task, int attempt, Duration start, Duration finish) {}
}
