package io.archmage.schedule;

import io.archmage.graph.Edge;
import io.archmage.plan.DependencyType;
import io.archmage.schedule.search.Topology;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The order in which ready tasks are dispatched: the most urgent first, among those the one with
 * the longest remaining path, then soft predecessors, then as declared.
 *
 * <p>A task is as urgent as the most urgent task that waits for it over hard edges: whoever puts a
 * task first wants what it waits for first, too. The longest remaining path is the upward rank of
 * list scheduling (Topcuoglu, Hariri and Wu, 2002), here without communication costs.
 */
public final class DispatchOrder {
  private final int[] urgencies;
  private final Duration[] ranks;
  private final TreeMap<Integer, List<Integer>> softSuccessors = new TreeMap<>();

  private DispatchOrder(List<Integer> priorities, List<Duration> estimates, List<Edge> edges) {
    PrecedenceGraph graph = PrecedenceGraph.of(hardSuccessors(priorities.size(), edges));
    urgencies = urgencies(graph, priorities);
    ranks = graph.upwardRanks(estimates);
    for (Edge edge : edges) {
      if (edge.type() == DependencyType.SOFT
          && tied(edge.from(), edge.to())
          && !reaches(edge.to(), edge.from())) {
        softSuccessors.computeIfAbsent(edge.from(), from -> new ArrayList<>()).add(edge.to());
      }
    }
  }

  /**
   * Computes {@link ScheduledTask#order()} for every task; in it, every task comes after those it
   * waits for over hard edges if all estimates are positive.
   *
   * @param priorities of each task in declared order, 1 being the most urgent
   * @param estimates of each task's run time
   * @param edges hard and soft ones; a soft edge that would close a cycle with those before it in
   *     this list is left out
   * @return for each task its place, 0 for the first to go
   * @throws IllegalArgumentException if the hard edges close a cycle, an index is out of range, or
   *     there are not as many estimates as priorities
   */
  public static List<Integer> of(
      List<Integer> priorities, List<Duration> estimates, List<Edge> edges) {
    if (priorities.size() != estimates.size()) {
      throw new IllegalArgumentException(
          priorities.size() + " priorities, " + estimates.size() + " estimates");
    }
    List<Integer> sorted = new DispatchOrder(priorities, estimates, edges).sorted();
    List<Integer> places = new ArrayList<>(Collections.nCopies(sorted.size(), 0));
    for (int place = 0; place < sorted.size(); place++) {
      places.set(sorted.get(place), place);
    }
    return List.copyOf(places);
  }

  /**
   * How urgent each task is: as the most urgent of it and all that wait for it over hard edges; 1
   * is the most urgent.
   */
  public static List<Integer> urgencies(List<Integer> priorities, List<Edge> edges) {
    PrecedenceGraph graph = PrecedenceGraph.of(hardSuccessors(priorities.size(), edges));
    return Arrays.stream(urgencies(graph, priorities)).boxed().toList();
  }

  private static int[][] hardSuccessors(int size, List<Edge> edges) {
    List<List<Integer>> predecessors = new ArrayList<>();
    IntStream.range(0, size).forEach(task -> predecessors.add(new ArrayList<>()));
    for (Edge edge : edges) {
      if (Math.min(edge.from(), edge.to()) < 0 || Math.max(edge.from(), edge.to()) >= size) {
        throw new IllegalArgumentException(edge + " leaves the " + size + " tasks");
      }
      if (edge.type() == DependencyType.HARD) {
        predecessors.get(edge.to()).add(edge.from());
      }
    }
    return Topology.reverse(
        predecessors.stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  private static int[] urgencies(PrecedenceGraph graph, List<Integer> priorities) {
    int[] urgencies = priorities.stream().mapToInt(Integer::intValue).toArray();
    int[] order = graph.topologicalOrder();
    for (int place = order.length - 1; place >= 0; place--) {
      for (int successor : graph.successors(order[place])) {
        urgencies[order[place]] = Math.min(urgencies[order[place]], urgencies[successor]);
      }
    }
    return urgencies;
  }

  private List<Integer> sorted() {
    List<Integer> tasks =
        IntStream.range(0, urgencies.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(task -> urgencies[task])
                    .thenComparing(task -> ranks[task], Comparator.reverseOrder()))
            .toList();
    List<Integer> sorted = new ArrayList<>();
    for (int from = 0; from < tasks.size();) {
      int to = from + 1;
      while (to < tasks.size() && tied(tasks.get(from), tasks.get(to))) {
        to++;
      }
      breakTie(tasks.subList(from, to), sorted);
      from = to;
    }
    return sorted;
  }

  private boolean tied(int one, int other) {
    return urgencies[one] == urgencies[other] && ranks[one].equals(ranks[other]);
  }

  /** Appends tied tasks, given as declared, each after its soft predecessors. */
  private void breakTie(List<Integer> tied, List<Integer> sorted) {
    TreeMap<Integer, Integer> open = new TreeMap<>();
    for (int task : tied) {
      softSuccessors(task).forEach(successor -> open.merge(successor, 1, Integer::sum));
    }
    TreeSet<Integer> free = new TreeSet<>(tied);
    free.removeAll(open.keySet());
    while (!free.isEmpty()) {
      int task = free.pollFirst();
      sorted.add(task);
      for (int successor : softSuccessors(task)) {
        if (open.merge(successor, -1, Integer::sum) == 0) {
          free.add(successor);
        }
      }
    }
  }

  private List<Integer> softSuccessors(int task) {
    return softSuccessors.getOrDefault(task, List.of());
  }

  private boolean reaches(int from, int to) {
    BitSet seen = new BitSet();
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      int task = open.remove();
      if (task == to) {
        return true;
      }
      if (!seen.get(task)) {
        seen.set(task);
        open.addAll(softSuccessors(task));
      }
    }
    return false;
  }
}
