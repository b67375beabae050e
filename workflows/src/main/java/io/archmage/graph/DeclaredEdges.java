package io.archmage.graph;

import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.InputSource;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskDependency;
import io.archmage.plan.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * The dependencies as the plan states them: by id, by the name of a result, by the order of a
 * pipeline's steps. Unknown names and self-dependencies are left out.
 */
public final class DeclaredEdges {

  private static final String SEQUENCE = "steps run one after another";

  private DeclaredEdges() {}

  /** The dependencies of a plan that need not be able to run; of equal ids the first counts. */
  public static List<Edge> of(Plan plan) {
    return of(new TaskIndex(plan));
  }

  static List<Edge> of(TaskIndex index) {
    List<Edge> edges = new ArrayList<>();
    for (int task = 0; task < index.size(); task++) {
      SequencedMap<Integer, Edge> into = new LinkedHashMap<>();
      dependencies(index, task, into);
      artifacts(index, task, into);
      if (index.plan().execution() == Execution.PIPELINE && task > 0) {
        hard(new Edge(task - 1, task, DependencyType.HARD, EdgeReason.DECLARED, SEQUENCE), into);
      }
      edges.addAll(into.values());
    }
    return edges;
  }

  private static void dependencies(
      TaskIndex index, int task, SequencedMap<Integer, Edge> into) {
    TaskSpec spec = index.task(task);
    for (TaskDependency dependency : spec.dependsOn()) {
      OptionalInt from = index.find(dependency.task());
      if (from.isPresent() && from.getAsInt() != task) {
        String reason = Optional.ofNullable(dependency.reason()).orElse(spec.reason());
        into.putIfAbsent(
            from.getAsInt(),
            new Edge(from.getAsInt(), task, dependency.type(), EdgeReason.DECLARED, reason));
      }
    }
  }

  private static void artifacts(TaskIndex index, int task, SequencedMap<Integer, Edge> into) {
    for (InputSource source : index.task(task).inputFrom()) {
      OptionalInt from = index.maker(source.key(), task);
      if (from.isPresent()) {
        hard(
            new Edge(
                from.getAsInt(), task, DependencyType.HARD, EdgeReason.ARTIFACT, source.key()),
            into);
      }
    }
  }

  /** Of several edges between two tasks the first hard one counts, else the first. */
  private static void hard(Edge edge, SequencedMap<Integer, Edge> into) {
    into.merge(edge.from(), edge, (known, more) -> switch (known.type()) {
      case HARD -> known;
      case SOFT -> more;
    });
  }
}
