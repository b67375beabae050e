package io.archmage.schedule;

import io.archmage.schedule.search.Topology;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
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
        Topology.reverse(
            tasks.stream()
                .map(
                    task -> IntStream.concat(
                        task.needs().stream().mapToInt(Integer::intValue),
                        task.after().stream().mapToInt(Integer::intValue))
                        .toArray())
                .toArray(int[][]::new)));
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
    int[] sorted = Topology.sort(successors);
    if (sorted.length < successors.length) {
      BitSet free = new BitSet();
      Arrays.stream(sorted).forEach(free::set);
      throw new IllegalArgumentException(
          "task " + free.nextClearBit(0) + " waits for itself: there is a cycle");
    }
    return sorted;
  }
}
