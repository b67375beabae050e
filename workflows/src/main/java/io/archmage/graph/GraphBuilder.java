package io.archmage.graph;

import io.archmage.plan.Execution;
import io.archmage.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds the edges of each kind in turn to a plan whose declared edges have no cycle. */
final class GraphBuilder {

  /** More inferred edges are refused. */
  static final int MAX_EDGES = 1_000_000;

  private final TaskIndex index;
  private final PlanSurroundings surroundings;
  private final OutputTable outputs;
  private final List<Edge> edges = new ArrayList<>();
  private int written;

  GraphBuilder(TaskIndex index, OutputTable outputs, PlanSurroundings surroundings) {
    this.index = index;
    this.outputs = outputs;
    this.surroundings = surroundings;
  }

  TaskGraph build() {
    Plan plan = index.plan();
    edges.addAll(DeclaredEdges.of(index));
    edges.addAll(StageEdges.of(index, edges));
    written = edges.size();
    if (surroundings.inferRules() && infersRules(plan.execution())) {
      edges.addAll(RuleEdges.of(index, edges, surroundings));
    }
    List<Conflict> conflicts = List.of();
    List<SoleOutput> soleOutputs = List.of();
    if (surroundings.fileConflictCheck()) {
      ConflictEdges found = new ConflictEdges(index, outputs, edges);
      edges.addAll(found.edges());
      conflicts = found.conflicts();
      soleOutputs = found.soleOutputs();
    }
    int[] stages = index.barrierStages();
    int[] order = TopologicalOrder.of(edges, stages, index.priorities());
    List<List<Integer>> batches = Batches.of(edges, order, stages);
    if (plan.barrier() && plan.stages().isEmpty()) {
      for (int batch = 0; batch < batches.size(); batch++) {
        for (int task : batches.get(batch)) {
          stages[task] = batch;
        }
      }
    }
    return new TaskGraph(
        plan, edges, boxed(order), boxed(stages), batches, conflicts, soleOutputs);
  }

  /** The declared edges and those of the stages, once built. */
  List<Edge> writtenEdges() {
    return edges.subList(0, written);
  }

  /** Whether edges were left out because there are too many, once built. */
  boolean overflowed() {
    return edges.size() - written > MAX_EDGES;
  }

  private static boolean infersRules(Execution execution) {
    return switch (execution) {
      case PARALLEL, DAG -> true;
      case STAGED_PARALLEL, PIPELINE, FAN_OUT_FAN_IN -> false;
    };
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
