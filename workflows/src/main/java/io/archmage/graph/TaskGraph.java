package io.archmage.graph;

import io.archmage.plan.DependencyType;
import io.archmage.plan.Plan;
import io.archmage.plan.TaskSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A plan that can run, with every edge between its tasks. An index names a task by its place in
 * {@link Plan#tasks()}.
 *
 * @param plan the plan
 * @param edges declared ones first, then by stage, rule and file conflict; soft ones included
 * @param order all tasks in one topological order of the hard edges and barriers; ties by priority,
 *     soft edges, declared order
 * @param stages the 0-based stage of each task that the barrier goes by: its stage, its batch in a
 *     plan without stages, 0 without a barrier
 * @param batches the levels over hard edges and stage barriers, each in declared order
 * @param conflicts files that several tasks may write, those with the first 100,000 tasks
 * @param soleOutputs files that one task alone may write; empty if conflicts are not looked for
 */
public record TaskGraph(
    Plan plan,
    List<Edge> edges,
    List<Integer> order,
    List<Integer> stages,
    List<List<Integer>> batches,
    List<Conflict> conflicts,
    List<SoleOutput> soleOutputs) {

  /** The run time of a task without an estimate. */
  public static final Duration DEFAULT_ESTIMATE = Duration.ofSeconds(60);

  /** Copies the lists. */
  public TaskGraph {
    edges = List.copyOf(edges);
    order = List.copyOf(order);
    stages = List.copyOf(stages);
    batches = batches.stream().map(List::copyOf).toList();
    conflicts = List.copyOf(conflicts);
    soleOutputs = List.copyOf(soleOutputs);
  }

  /** The task of an index. */
  public TaskSpec task(int index) {
    return plan.tasks().get(index);
  }

  /** The edges that were not declared, in order. */
  public List<Edge> addedEdges() {
    return edges.stream().filter(edge -> edge.because() != EdgeReason.DECLARED).toList();
  }

  /** The edges into each task, by index. */
  public List<List<Edge>> edgesByTask() {
    List<List<Edge>> byTask = new ArrayList<>();
    plan.tasks().forEach(task -> byTask.add(new ArrayList<>()));
    edges.forEach(edge -> byTask.get(edge.to()).add(edge));
    return byTask;
  }

  /** Which tasks come before which over hard edges; barriers do not count. */
  public Reachability reachability() {
    return new Reachability(order, edges);
  }

  /** The critical path by estimates, {@link #DEFAULT_ESTIMATE} where there is none. */
  public CriticalPath criticalPath() {
    return criticalPath(task -> task.estimate() == null ? DEFAULT_ESTIMATE : task.estimate());
  }

  /** The critical path over hard edges by the given run times; barriers do not count. */
  public CriticalPath criticalPath(Function<TaskSpec, Duration> runTime) {
    Adjacency hard = Adjacency.of(plan.tasks().size(), edges, DependencyType.HARD);
    Duration[] finish = new Duration[plan.tasks().size()];
    int[] before = new int[finish.length];
    Arrays.fill(before, -1);
    int end = -1;
    for (int task : order) {
      Duration start = Duration.ZERO;
      for (int from : hard.predecessors(task)) {
        if (finish[from].compareTo(start) > 0) {
          start = finish[from];
          before[task] = from;
        }
      }
      finish[task] = start.plus(runTime.apply(task(task)));
      if (end < 0 || finish[task].compareTo(finish[end]) > 0) {
        end = task;
      }
    }
    List<Integer> path = new ArrayList<>();
    for (int task = end; task >= 0; task = before[task]) {
      path.addFirst(task);
    }
    return new CriticalPath(path, finish[end]);
  }
}
