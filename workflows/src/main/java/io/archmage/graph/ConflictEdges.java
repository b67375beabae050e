package io.archmage.graph;

import io.archmage.plan.DependencyType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/**
 * Puts tasks that may write the same file one after another. Goes through the tasks in topological
 * order and links each to the last earlier task of every overlapping pattern, the nearest first;
 * earlier tasks of that pattern are linked already. Edges follow the order, so none closes a cycle.
 */
final class ConflictEdges {

  private static final int MAX_FILES_SHOWN = 3;

  /** More tasks in all conflicts together are not listed. */
  private static final int MAX_LISTED = 100_000;

  private final TaskIndex index;
  private final OutputTable outputs;
  private final int[] stages;
  private final Ancestors ancestors;
  private final List<Edge> added = new ArrayList<>();
  private final BitSet serialized = new BitSet();

  ConflictEdges(TaskIndex index, OutputTable outputs, List<Edge> edges) {
    this.index = index;
    this.outputs = outputs;
    this.stages = index.barrierStages();
    int[] order = TopologicalOrder.of(edges, stages, index.priorities());
    this.ancestors = new Ancestors(order);
    Adjacency hard = Adjacency.of(index.size(), edges, DependencyType.HARD);
    int[] last = new int[outputs.size()];
    Arrays.fill(last, -1);
    for (int task : order) {
      ancestors.addAll(hard.predecessors(task), task);
      if (added.size() <= GraphBuilder.MAX_EDGES) {
        link(task, last);
      }
    }
  }

  /** The edges to add, at most about {@link GraphBuilder#MAX_EDGES}. */
  List<Edge> edges() {
    return added;
  }

  /** Every pattern that several tasks may write, in declared order. */
  List<Conflict> conflicts() {
    List<Conflict> conflicts = new ArrayList<>();
    int listed = 0;
    for (int pattern = 0; pattern < outputs.size() && listed < MAX_LISTED; pattern++) {
      BitSet tasks = new BitSet();
      for (int other : outputs.overlapping(pattern)) {
        if (outputs.narrower(pattern, other) == pattern) {
          outputs.writers(other).forEach(tasks::set);
        }
      }
      if (tasks.cardinality() > 1) {
        listed += tasks.cardinality();
        conflicts.add(
            new Conflict(
                outputs.text(pattern),
                tasks.stream().mapToObj(index::id).toList(),
                serialized.get(pattern)
                    ? ConflictResolution.SERIALIZE
                    : ConflictResolution.ORDERED));
      }
    }
    return conflicts;
  }

  /** Every pattern that only one task may write, in declared order. */
  List<SoleOutput> soleOutputs() {
    List<SoleOutput> sole = new ArrayList<>();
    for (int pattern = 0; pattern < outputs.size(); pattern++) {
      int writer = outputs.writers(pattern).getFirst();
      boolean alone =
          outputs.overlapping(pattern)
              .stream()
              .flatMap(other -> outputs.writers(other).stream())
              .allMatch(other -> other == writer);
      if (alone) {
        sole.add(new SoleOutput(outputs.text(pattern), index.id(writer)));
      }
    }
    return sole;
  }

  private void link(int task, int[] last) {
    Map<Integer, SequencedSet<Integer>> earlier =
        new TreeMap<>(Comparator.comparingInt(ancestors::position).reversed());
    for (int pattern : outputs.of(task)) {
      for (int other : outputs.overlapping(pattern)) {
        if (last[other] >= 0) {
          earlier
              .computeIfAbsent(last[other], key -> new LinkedHashSet<>())
              .add(outputs.narrower(pattern, other));
        }
      }
    }
    earlier.forEach(
        (from, patterns) -> {
          if (stages[from] == stages[task] && !ancestors.leads(from, task)) {
            ancestors.add(from, task);
            patterns.forEach(serialized::set);
            added.add(
                new Edge(
                    from, task, DependencyType.HARD, EdgeReason.FILE_CONFLICT, detail(patterns)));
          }
        });
    outputs.of(task).forEach(pattern -> last[pattern] = task);
  }

  private String detail(SequencedSet<Integer> patterns) {
    List<String> shown = patterns.stream().limit(MAX_FILES_SHOWN).map(outputs::text).toList();
    String more =
        patterns.size() > MAX_FILES_SHOWN
            ? " and " + (patterns.size() - MAX_FILES_SHOWN) + " more"
            : "";
    return String.join(", ", shown) + more;
  }
}
