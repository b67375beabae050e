package io.archmage.graph;

import io.archmage.plan.DependencyType;
import java.util.ArrayList;
import java.util.List;

/** The levels of a graph: a task's batch follows the last batch of the tasks it waits for. */
final class Batches {

  private Batches() {}

  /**
   * The batches, each in declared order.
   *
   * @param stages the stage of each task where a barrier orders them, else all 0
   */
  static List<List<Integer>> of(List<Edge> edges, int[] order, int[] stages) {
    Adjacency hard = Adjacency.of(order.length, edges, DependencyType.HARD);
    int[] level = new int[order.length];
    int stage = 0;
    int first = 0;
    int next = 0;
    for (int task : order) {
      if (stages[task] != stage) {
        stage = stages[task];
        first = next;
      }
      level[task] = first;
      for (int from : hard.predecessors(task)) {
        level[task] = Math.max(level[task], level[from] + 1);
      }
      next = Math.max(next, level[task] + 1);
    }
    List<List<Integer>> batches = new ArrayList<>();
    for (int batch = 0; batch < next; batch++) {
      batches.add(new ArrayList<>());
    }
    for (int task = 0; task < level.length; task++) {
      batches.get(level[task]).add(task);
    }
    return batches;
  }
}
