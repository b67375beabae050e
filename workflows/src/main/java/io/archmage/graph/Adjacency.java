package io.archmage.graph;

import io.archmage.plan.DependencyType;
import java.util.List;

/** The edges of one type as lists of neighbours per task, in the order of the edges. */
final class Adjacency {

  private final int[][] successors;
  private final int[][] predecessors;

  private Adjacency(int[][] successors, int[][] predecessors) {
    this.successors = successors;
    this.predecessors = predecessors;
  }

  static Adjacency of(int tasks, List<Edge> edges, DependencyType type) {
    int[] out = new int[tasks];
    int[] in = new int[tasks];
    for (Edge edge : edges) {
      if (edge.type() == type) {
        out[edge.from()]++;
        in[edge.to()]++;
      }
    }
    int[][] successors = new int[tasks][];
    int[][] predecessors = new int[tasks][];
    for (int task = 0; task < tasks; task++) {
      successors[task] = new int[out[task]];
      predecessors[task] = new int[in[task]];
    }
    for (int e = edges.size() - 1; e >= 0; e--) {
      Edge edge = edges.get(e);
      if (edge.type() == type) {
        successors[edge.from()][--out[edge.from()]] = edge.to();
        predecessors[edge.to()][--in[edge.to()]] = edge.from();
      }
    }
    return new Adjacency(successors, predecessors);
  }

  int size() {
    return successors.length;
  }

  int[] successors(int task) {
    return successors[task];
  }

  int[] predecessors(int task) {
    return predecessors[task];
  }
}
