package io.archmage.graph;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.TaskId;
import io.archmage.plan.document.ProblemCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Checks what tasks say of running parallel with others: refused where outputs overlap or the plan
 * orders the two, a warning where only an inferred edge does.
 */
final class ParallelWithCheck {

  private final TaskIndex index;
  private final OutputTable outputs;

  private record Pair(int task, int other) {}

  ParallelWithCheck(TaskIndex index, OutputTable outputs) {
    this.index = index;
    this.outputs = outputs;
  }

  /** Adds a problem for each pair whose outputs overlap. */
  void checkOutputs(ProblemCollector problems) {
    for (Pair pair : pairs()) {
      List<String> shared = outputs.shared(pair.task(), pair.other());
      if (!shared.isEmpty()) {
        problems.add(
            problem(
                pair,
                ProblemCode.OVERLAPPING_OUTPUTS,
                "both may write " + Quoted.of(shared.getFirst()),
                "Change the \"outputs\" of one of them or remove it from \"parallel_with\"."));
      }
    }
  }

  /** Adds a problem or warning for each pair that the graph orders. */
  void checkOrder(
      TaskGraph graph,
      List<Edge> written,
      ProblemCollector problems,
      ProblemCollector warnings) {
    List<Pair> pairs = pairs();
    if (pairs.isEmpty()) {
      return;
    }
    int[] order = graph.order().stream().mapToInt(task -> task).toArray();
    Ancestors declared = Ancestors.of(order, written);
    Ancestors all = Ancestors.of(order, graph.edges());
    for (Pair pair : pairs) {
      if (declared.joined(pair.task(), pair.other())) {
        problems.add(ordered(pair, "orders them", written, declared));
      } else if (graph.plan().barrier()
          && index.stagePlace(pair.task()) != index.stagePlace(pair.other())) {
        problems.add(
            problem(
                pair,
                ProblemCode.NOT_PARALLEL,
                "they are in stages "
                    + index.stage(pair.task()).number()
                    + " and "
                    + index.stage(pair.other()).number(),
                "Move them into one stage or remove the entry from \"parallel_with\"."));
      } else if (all.joined(pair.task(), pair.other())
          && outputs.shared(pair.task(), pair.other()).isEmpty()) {
        warnings.add(ordered(pair, "orders them by a rule or shared file", graph.edges(), all));
      }
    }
  }

  private PlanProblem ordered(Pair pair, String verb, List<Edge> edges, Ancestors ancestors) {
    boolean forward = ancestors.leads(pair.task(), pair.other());
    int from = forward ? pair.task() : pair.other();
    int to = forward ? pair.other() : pair.task();
    String path = PathText.of(index, edges, from, to);
    return problem(
        pair,
        ProblemCode.NOT_PARALLEL,
        "the plan " + verb + ": " + path,
        "Remove a dependency on this path or the entry in \"parallel_with\".");
  }

  private PlanProblem problem(Pair pair, ProblemCode code, String why, String fix) {
    return PlanProblem.at(
        index.task(pair.task()).position(),
        code,
        index.id(pair.task()),
        Quoted.task(index.id(pair.task()))
            + " cannot run parallel with "
            + Quoted.of(index.id(pair.other()).value())
            + ": "
            + why,
        fix);
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int task = 0; task < index.size(); task++) {
      for (TaskId id : index.task(task).parallelWith()) {
        OptionalInt other = index.find(id);
        if (other.isPresent() && other.getAsInt() != task) {
          pairs.add(new Pair(task, other.getAsInt()));
        }
      }
    }
    return pairs;
  }
}
