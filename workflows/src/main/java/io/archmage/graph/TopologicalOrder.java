package io.archmage.graph;

import io.archmage.plan.DependencyType;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * One order of tasks that respects every hard edge (Kahn's algorithm). Of the tasks that could come
 * next it takes the one of the earliest stage, then of the most urgent priority, then one without
 * soft predecessors still to come, then the first declared.
 */
final class TopologicalOrder {

  private TopologicalOrder() {}

  /**
   * The order as task indices.
   *
   * @param stages the stage of each task where a barrier orders them, else all 0
   * @throws IllegalArgumentException if the hard edges have a cycle
   */
  static int[] of(List<Edge> edges, int[] stages, int[] priorities) {
    int size = stages.length;
    Adjacency hard = Adjacency.of(size, edges, DependencyType.HARD);
    Adjacency soft = Adjacency.of(size, edges, DependencyType.SOFT);
    int[] waiting = new int[size];
    int[] advised = new int[size];
    TreeSet<Integer> ready =
        new TreeSet<>(
            Comparator.<Integer>comparingInt(task -> stages[task])
                .thenComparingInt(task -> priorities[task])
                .thenComparingInt(task -> Math.min(1, advised[task]))
                .thenComparingInt(task -> task));
    for (int task = 0; task < size; task++) {
      waiting[task] = hard.predecessors(task).length;
      advised[task] = soft.predecessors(task).length;
    }
    for (int task = 0; task < size; task++) {
      if (waiting[task] == 0) {
        ready.add(task);
      }
    }
    int[] order = new int[size];
    int count = 0;
    while (!ready.isEmpty()) {
      int task = ready.removeFirst();
      order[count++] = task;
      for (int next : soft.successors(task)) {
        boolean queued = ready.remove(next);
        advised[next]--;
        if (queued) {
          ready.add(next);
        }
      }
      for (int next : hard.successors(task)) {
        if (--waiting[next] == 0) {
          ready.add(next);
        }
      }
    }
    if (count != size) {
      throw new IllegalArgumentException("the edges have a cycle");
    }
    return order;
  }
}
