package io.archmage.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Finds the strongly connected components with more than one task (Tarjan 1972, without recursion)
 * and in each a shortest cycle through its first declared task.
 */
final class CycleFinder {

  private final Adjacency graph;
  private final int[] number;
  private final int[] low;
  private final int[] component;
  private final int[] nextChild;
  private final Deque<Integer> open = new ArrayDeque<>();
  private final List<List<Integer>> components = new ArrayList<>();
  private int counter;

  private CycleFinder(Adjacency graph) {
    this.graph = graph;
    this.number = new int[graph.size()];
    this.low = new int[graph.size()];
    this.component = new int[graph.size()];
    this.nextChild = new int[graph.size()];
    Arrays.fill(component, -1);
  }

  /**
   * One cycle.
   *
   * @param tasks each comes before the next, the last before the first; the lowest index first
   * @param component all tasks that depend on each other with these, ascending
   */
  record Found(List<Integer> tasks, List<Integer> component) {}

  /** One cycle per component, ordered by first task; edges of a task to itself are ignored. */
  static List<Found> find(Adjacency graph) {
    CycleFinder finder = new CycleFinder(graph);
    for (int task = 0; task < graph.size(); task++) {
      if (finder.number[task] == 0) {
        finder.visit(task);
      }
    }
    return finder.components.stream()
        .filter(members -> members.size() > 1)
        .sorted(Comparator.comparing(List::getFirst))
        .map(members -> new Found(finder.shortest(members.getFirst()), members))
        .toList();
  }

  private void visit(int root) {
    Deque<Integer> path = new ArrayDeque<>();
    enter(root, path);
    while (!path.isEmpty()) {
      int task = path.peek();
      int[] children = graph.successors(task);
      if (nextChild[task] < children.length) {
        int child = children[nextChild[task]++];
        if (number[child] == 0) {
          enter(child, path);
        } else if (component[child] < 0) {
          low[task] = Math.min(low[task], number[child]);
        }
        continue;
      }
      path.pop();
      if (!path.isEmpty()) {
        low[path.peek()] = Math.min(low[path.peek()], low[task]);
      }
      if (low[task] == number[task]) {
        close(task);
      }
    }
  }

  private void enter(int task, Deque<Integer> path) {
    counter++;
    number[task] = counter;
    low[task] = counter;
    open.push(task);
    path.push(task);
  }

  private void close(int root) {
    List<Integer> members = new ArrayList<>();
    int member;
    do {
      member = open.pop();
      component[member] = components.size();
      members.add(member);
    } while (member != root);
    Collections.sort(members);
    components.add(members);
  }

  private List<Integer> shortest(int start) {
    int[] from = new int[graph.size()];
    Arrays.fill(from, -1);
    Deque<Integer> queue = new ArrayDeque<>(List.of(start));
    while (from[start] < 0) {
      int task = queue.remove();
      for (int next : graph.successors(task)) {
        if (component[next] == component[start] && from[next] < 0 && next != task) {
          from[next] = task;
          queue.add(next);
        }
      }
    }
    List<Integer> cycle = new ArrayList<>(List.of(start));
    for (int task = from[start]; task != start; task = from[task]) {
      cycle.add(task);
    }
    Collections.reverse(cycle.subList(1, cycle.size()));
    return cycle;
  }
}
