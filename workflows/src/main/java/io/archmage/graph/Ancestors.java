package io.archmage.graph;

import io.archmage.plan.DependencyType;
import java.util.BitSet;
import java.util.List;

/**
 * All tasks before each task, kept as bits by position in a topological order. Edges into a task
 * are added before any edge out of it, which makes each addition one union of bits.
 */
final class Ancestors {

  private final int[] positions;
  private final BitSet[] before;

  /** No task is before another. */
  Ancestors(int[] order) {
    positions = new int[order.length];
    before = new BitSet[order.length];
    for (int position = 0; position < order.length; position++) {
      positions[order[position]] = position;
      before[order[position]] = new BitSet();
    }
  }

  /** All tasks before each task by the hard edges, given an order that respects them. */
  static Ancestors of(int[] order, List<Edge> edges) {
    Adjacency hard = Adjacency.of(order.length, edges, DependencyType.HARD);
    Ancestors ancestors = new Ancestors(order);
    for (int task : order) {
      ancestors.addAll(hard.predecessors(task), task);
    }
    return ancestors;
  }

  /** Adds edges into a task. */
  void addAll(int[] from, int to) {
    for (int task : from) {
      add(task, to);
    }
  }

  /** Adds an edge. */
  void add(int from, int to) {
    before[to].or(before[from]);
    before[to].set(positions[from]);
  }

  /** Whether a path leads from one task to the other. */
  boolean leads(int from, int to) {
    return before[to].get(positions[from]);
  }

  /** Whether a path joins the tasks in either direction. */
  boolean joined(int one, int other) {
    return leads(one, other) || leads(other, one);
  }

  /** The place of a task in the order. */
  int position(int task) {
    return positions[task];
  }
}
