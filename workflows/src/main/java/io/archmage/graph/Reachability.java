package io.archmage.graph;

import java.util.List;

/** Answers in constant time whether one task comes before another; immutable. */
public final class Reachability {

  private final Ancestors ancestors;

  /** Computes all pairs: one union of bits per hard edge. */
  Reachability(List<Integer> order, List<Edge> edges) {
    ancestors = Ancestors.of(order.stream().mapToInt(task -> task).toArray(), edges);
  }

  /** Whether a path of hard edges leads from one task to another; not from a task to itself. */
  public boolean leads(int from, int to) {
    return ancestors.leads(from, to);
  }
}
