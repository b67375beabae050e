package io.archmage.schedule.search;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What graphs of tasks have in common, in arrays of neighbours. */
public final class Topology {

  private Topology() {}

  /**
   * Turns predecessors into successors, ascending, or the other way round.
   *
   * @throws IllegalArgumentException if an index is out of range
   */
  public static int[][] reverse(int[][] neighbours) {
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

  /** The tasks, each after those it follows, without those on a cycle or behind one. */
  public static int[] sort(int[][] successors) {
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
    return Arrays.copyOf(sorted, size);
  }
}
