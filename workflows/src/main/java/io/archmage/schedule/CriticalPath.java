package io.archmage.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The longest chain of tasks that wait for each other; no number of slots makes a run shorter.
 *
 * @param length sum of the run times on the chain
 * @param tasks the chain from its first task to its last, empty for an empty model; of equally long
 *     chains the one whose first differing task was declared first
 */
public record CriticalPath(Duration length, List<Integer> tasks) {

  /** Copies the list. */
  public CriticalPath {
    tasks = List.copyOf(tasks);
  }

  /**
   * The critical path over all edges, the barrier ignored.
   *
   * @param model the graph
   * @param runTimes of each task, not negative
   * @throws IllegalArgumentException if there are not as many run times as tasks, or a cycle
   */
  public static CriticalPath of(ScheduleModel model, List<Duration> runTimes) {
    requireOnePerTask(model, runTimes);
    PrecedenceGraph graph = PrecedenceGraph.of(model);
    Duration[] ranks = graph.upwardRanks(runTimes);
    List<Integer> chain = new ArrayList<>();
    int[] candidates = IntStream.range(0, ranks.length).toArray();
    while (candidates.length > 0) {
      int longest = candidates[0];
      for (int candidate : candidates) {
        if (ranks[candidate].compareTo(ranks[longest]) > 0) {
          longest = candidate;
        }
      }
      chain.add(longest);
      candidates = graph.successors(longest);
    }
    return new CriticalPath(chain.isEmpty() ? Duration.ZERO : ranks[chain.getFirst()], chain);
  }

  static void requireOnePerTask(ScheduleModel model, List<Duration> runTimes) {
    if (runTimes.size() != model.tasks().size()) {
      throw new IllegalArgumentException(
          runTimes.size() + " run times for " + model.tasks().size() + " tasks");
    }
  }
}
