package io.archmage.graph;

import io.archmage.plan.DependencyType;
import io.archmage.plan.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Chains the tasks of each stage that is not parallel: in listed order, except where declared
 * dependencies say otherwise.
 */
final class StageEdges {

  private final TaskIndex index;
  private final Adjacency hard;

  private StageEdges(TaskIndex index, List<Edge> declared) {
    this.index = index;
    this.hard = Adjacency.of(index.size(), declared, DependencyType.HARD);
  }

  static List<Edge> of(TaskIndex index, List<Edge> declared) {
    StageEdges edges = new StageEdges(index, declared);
    return index.plan()
        .stages()
        .stream()
        .filter(stage -> !stage.parallel())
        .flatMap(stage -> edges.chain(stage).stream())
        .toList();
  }

  private List<Edge> chain(Stage stage) {
    List<Edge> edges = new ArrayList<>();
    List<Integer> order = order(stage);
    for (int i = 1; i < order.size(); i++) {
      int from = order.get(i - 1);
      int to = order.get(i);
      if (!contains(hard.predecessors(to), from)) {
        String detail = "stage " + stage.number() + " runs its tasks one after another";
        edges.add(new Edge(from, to, DependencyType.HARD, EdgeReason.STAGE, detail));
      }
    }
    return edges;
  }

  /** Kahn's algorithm within the stage, where paths cannot leave it; ties by listed order. */
  private List<Integer> order(Stage stage) {
    Map<Integer, Integer> listed = new LinkedHashMap<>();
    stage.tasks().forEach(id -> listed.put(index.known(id), listed.size()));
    List<Integer> tasks = List.copyOf(listed.keySet());
    int[] waiting = new int[tasks.size()];
    TreeSet<Integer> ready = new TreeSet<>();
    for (int place = 0; place < tasks.size(); place++) {
      for (int from : hard.predecessors(tasks.get(place))) {
        waiting[place] += listed.containsKey(from) ? 1 : 0;
      }
      if (waiting[place] == 0) {
        ready.add(place);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int task = tasks.get(ready.removeFirst());
      order.add(task);
      for (int next : hard.successors(task)) {
        Integer place = listed.get(next);
        if (place != null && --waiting[place] == 0) {
          ready.add(place);
        }
      }
    }
    return order;
  }

  private static boolean contains(int[] tasks, int wanted) {
    for (int task : tasks) {
      if (task == wanted) {
        return true;
      }
    }
    return false;
  }
}
