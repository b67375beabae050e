package io.archmage.graph;

import io.archmage.plan.DependencyType;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts analysis and review tasks after implementation tasks. The kind of a task comes from its
 * action, else from the role its familiar is configured with, never from a name. A task from which
 * an implementation task is reachable gets none of these edges, and neither do two tasks of which
 * one says that it runs parallel with the other.
 */
final class RuleEdges {

  private final TaskIndex index;
  private final List<Edge> edges;
  private final TaskKind[] kinds;
  private final boolean[] follows;

  private RuleEdges(TaskIndex index, List<Edge> edges, PlanSurroundings surroundings) {
    this.index = index;
    this.edges = edges;
    this.kinds =
        index.plan()
            .tasks()
            .stream()
            .map(task -> kind(task, surroundings))
            .toArray(TaskKind[]::new);
    this.follows = new boolean[index.size()];
  }

  /** The edges to add, at most {@link GraphBuilder#MAX_EDGES} and one more. */
  static List<Edge> of(TaskIndex index, List<Edge> edges, PlanSurroundings surroundings) {
    RuleEdges rules = new RuleEdges(index, edges, surroundings);
    rules.findFollowers();
    return rules.add();
  }

  private static TaskKind kind(TaskSpec task, PlanSurroundings surroundings) {
    return Optional.ofNullable(task.action())
        .or(() -> surroundings.role(task.familiar()))
        .map(TaskKind::of)
        .orElse(TaskKind.OTHER);
  }

  private int[] order(List<Edge> of) {
    return TopologicalOrder.of(of, index.barrierStages(), index.priorities());
  }

  private void findFollowers() {
    Adjacency hard = Adjacency.of(index.size(), edges, DependencyType.HARD);
    boolean[] reaches = new boolean[index.size()];
    int[] order = order(edges);
    for (int at = order.length - 1; at >= 0; at--) {
      int task = order[at];
      for (int next : hard.successors(task)) {
        reaches[task] |= reaches[next] || kinds[next] == TaskKind.IMPLEMENTATION;
      }
      follows[task] = kinds[task].followsImplementation() && !reaches[task];
    }
  }

  private List<Edge> add() {
    List<Edge> added = new ArrayList<>();
    int[] order = implementationFirst();
    Adjacency hard = Adjacency.of(index.size(), edges, DependencyType.HARD);
    Ancestors ancestors = new Ancestors(order);
    List<Integer> implementations = new ArrayList<>();
    for (int task : order) {
      ancestors.addAll(hard.predecessors(task), task);
      if (kinds[task] == TaskKind.IMPLEMENTATION) {
        implementations.add(task);
      }
      for (int from : follows[task] ? implementations.reversed() : List.<Integer>of()) {
        if (!ancestors.leads(from, task) && !asserted(from, task)) {
          ancestors.add(from, task);
          added.add(edge(from, task));
          if (added.size() > GraphBuilder.MAX_EDGES) {
            return added;
          }
        }
      }
    }
    return added;
  }

  /** An order in which every implementation task comes before every task that follows it. */
  private int[] implementationFirst() {
    int hub = index.size();
    List<Edge> withHub = new ArrayList<>(edges);
    for (int task = 0; task < hub; task++) {
      if (kinds[task] == TaskKind.IMPLEMENTATION) {
        withHub.add(new Edge(task, hub, DependencyType.HARD, EdgeReason.RULE, null));
      } else if (follows[task]) {
        withHub.add(new Edge(hub, task, DependencyType.HARD, EdgeReason.RULE, null));
      }
    }
    int[] order = TopologicalOrder.of(withHub, new int[hub + 1], new int[hub + 1]);
    return Arrays.stream(order).filter(task -> task != hub).toArray();
  }

  private boolean asserted(int one, int other) {
    List<TaskId> ofOne = index.task(one).parallelWith();
    List<TaskId> ofOther = index.task(other).parallelWith();
    return ofOne.contains(index.id(other)) || ofOther.contains(index.id(one));
  }

  private Edge edge(int from, int to) {
    String detail =
        kinds[to] == TaskKind.ANALYSIS
            ? "analysis comes after implementation"
            : "review comes after implementation";
    return new Edge(from, to, DependencyType.HARD, EdgeReason.RULE, detail);
  }
}
