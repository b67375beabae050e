package io.archmage.graph;

import io.archmage.plan.DependencyType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Shows a shortest path between two tasks to people. */
final class PathText {

  private PathText() {}

  /** The path as {@code a -> b -> c}; the tasks must be joined by hard edges. */
  static String of(TaskIndex index, List<Edge> edges, int from, int to) {
    Adjacency hard = Adjacency.of(index.size(), edges, DependencyType.HARD);
    int[] before = new int[index.size()];
    Arrays.fill(before, -1);
    before[from] = from;
    Deque<Integer> queue = new ArrayDeque<>(List.of(from));
    while (before[to] < 0) {
      int task = queue.remove();
      for (int next : hard.successors(task)) {
        if (before[next] < 0) {
          before[next] = task;
          queue.add(next);
        }
      }
    }
    List<Integer> path = new ArrayList<>(List.of(to));
    while (path.getFirst() != from) {
      path.addFirst(before[path.getFirst()]);
    }
    return path.stream().map(task -> index.id(task).value()).collect(Collectors.joining(" -> "));
  }
}
