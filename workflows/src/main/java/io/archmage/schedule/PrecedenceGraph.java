package io.archmage.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An acyclic graph of task indices, in arrays. */
final class PrecedenceGraph {
  private final int[][] successors;
  private final int[] topologicalOrder;

  private PrecedenceGraph(int[][] successors) {
    this.successors = successors;
    this.topologicalOrder = sort(successors);
  }

  /**
   * The graph with these successors of each task.
   *
   * @throws IllegalArgumentException if there is a cycle
   */
  static PrecedenceGraph of(int[][] successors) {
    return new PrecedenceGraph(successors);
  }

  /** The graph of all edges of a model. */
  static PrecedenceGraph of(ScheduleModel model) {
    List<ScheduledTask> tasks = model.tasks();
    return of(
        reverse(
            tasks.stream()
                .map(
                    task -> IntStream.concat(
                        task.needs().stream().mapToInt(Integer::intValue),
                        task.after().stream().mapToInt(Integer::intValue))
                        .toArray())
                .toArray(int[][]::new)));
  }

  /**
   * Turns predecessors into successors, ascending, or the other way round.
   *
   * @throws IllegalArgumentException if an index is out of range
   */
  static int[][] reverse(int[][] neighbours) {
    int size = neighbours.length;
    int[] degrees = new int[size];
    for (int task = 0; task < size; task++) {
      for (int neighbour : neighbours[task]) {
        if (neighbour < 0 || neighbour >= size) {
          throw new IllegalArgumentException(
              "task " + task + " depends on " + neighbour + "; there are " + size + " tasks");
        }
        degrees[neighbour]++;
      }
    }
    int[][] reversed = new int[size][];
    Arrays.setAll(reversed, task -> new int[degrees[task]]);
    int[] filled = new int[size];
    for (int task = 0; task < size; task++) {
      for (int neighbour : neighbours[task]) {
        reversed[neighbour][filled[neighbour]++] = task;
      }
    }
    return reversed;
  }

  /** The tasks that follow a task directly. */
  int[] successors(int task) {
    return successors[task];
  }

  /** All tasks, each after those it follows. */
  int[] topologicalOrder() {
    return topologicalOrder;
  }

  /** For each task its own run time and the longest chain of run times behind it. */
  Duration[] upwardRanks(List<Duration> runTimes) {
    Duration[] ranks = new Duration[successors.length];
    for (int place = topologicalOrder.length - 1; place >= 0; place--) {
      int task = topologicalOrder[place];
      Duration longest = Duration.ZERO;
      for (int successor : successors[task]) {
        if (ranks[successor].compareTo(longest) > 0) {
          longest = ranks[successor];
        }
      }
      ranks[task] = runTimes.get(task).plus(longest);
    }
    return ranks;
  }

  private static int[] sort(int[][] successors) {
    int[] open = new int[successors.length];
    for (int[] targets : successors) {
      for (int target : targets) {
        open[target]++;
      }
    }
    ArrayDeque<Integer> free = new ArrayDeque<>();
    IntStream.range(0, open.length).filter(task -> open[task] == 0).forEach(free::add);
    int[] sorted = new int[successors.length];
    int size = 0;
    while (!free.isEmpty()) {
      int task = free.remove();
      sorted[size++] = task;
      for (int target : successors[task]) {
        if (--open[target] == 0) {
          free.add(target);
        }
      }
    }
    if (size < sorted.length) {
      int stuck =
          IntStream.range(0, open.length).filter(t -> open[t] > 0).findFirst().orElseThrow();
      throw new IllegalArgumentException("task " + stuck + " waits for itself: there is a cycle");
    }
    return sorted;
  }
}
