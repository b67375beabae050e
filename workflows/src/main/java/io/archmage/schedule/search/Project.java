package io.archmage.schedule.search;

import java.util.Arrays;

/**
 * Tasks that wait for each other and share resources: the resource-constrained project scheduling
 * problem. Tasks and resources are indices.
 */
public final class Project {

  private final long[] durations;
  private final int[][] predecessors;
  private final int[][] successors;
  private final int[][] demands;
  private final int[] capacities;
  private final int[] urgencies;
  private final int[] topological;

  /** For each urgency how many tasks are more urgent. */
  private final int[] urgentBefore;

  private Project(
      long[] durations,
      int[][] predecessors,
      int[][] successors,
      int[][] demands,
      int[] capacities,
      int[] urgencies) {
    this.durations = durations;
    this.predecessors = predecessors;
    this.successors = successors;
    this.demands = demands;
    this.capacities = capacities;
    this.urgencies = urgencies;
    this.topological = Topology.sort(successors);
    if (topological.length < durations.length) {
      throw new IllegalArgumentException("the tasks wait for each other in a cycle");
    }
    this.urgentBefore = new int[Arrays.stream(urgencies).max().orElse(0) + 2];
    Arrays.stream(urgencies).forEach(urgency -> urgentBefore[urgency + 1]++);
    for (int urgency = 1; urgency < urgentBefore.length; urgency++) {
      urgentBefore[urgency] += urgentBefore[urgency - 1];
    }
  }

  /**
   * A project.
   *
   * @param durations of each task, not negative
   * @param predecessors of each task
   * @param demands for each task, pairs of a resource and how much of it the task holds while it
   *     runs, at least 1 and at most the capacity
   * @param capacities of each resource
   * @param urgencies of each task: counted from 0, the most urgent: of two tasks that could take
   *     what is there, the more urgent takes it; none is more urgent than a predecessor
   * @throws IllegalArgumentException if there is a cycle, or a demand that cannot be met
   */
  public static Project of(
      long[] durations,
      int[][] predecessors,
      int[][] demands,
      int[] capacities,
      int[] urgencies) {
    for (int task = 0; task < durations.length; task++) {
      for (int i = 0; i < demands[task].length; i += 2) {
        if (demands[task][i + 1] > capacities[demands[task][i]]) {
          throw new IllegalArgumentException(
              "task %d needs %d of resource %d, which has %d"
                  .formatted(
                      task, demands[task][i + 1], demands[task][i],
                      capacities[demands[task][i]]));
        }
      }
    }
    return new Project(
        durations, predecessors, Topology.reverse(predecessors), demands, capacities, urgencies);
  }

  /** No schedule is shorter. */
  public long lowerBound() {
    return LowerBounds.of(this);
  }

  /** The same with time running backwards; nothing is urgent in it. */
  Project backwards() {
    return new Project(
        durations, successors, predecessors, demands, capacities, new int[durations.length]);
  }

  /** How many tasks there are. */
  public int size() {
    return durations.length;
  }

  /** How long the task takes. */
  public long duration(int task) {
    return durations[task];
  }

  /** The tasks that must have ended before. */
  public int[] predecessors(int task) {
    return predecessors[task];
  }

  int[] successors(int task) {
    return successors[task];
  }

  /** Pairs of a resource and how much of it the task holds. */
  public int[] demands(int task) {
    return demands[task];
  }

  /** How many resources there are. */
  public int resources() {
    return capacities.length;
  }

  /** How much there is of the resource. */
  public int capacity(int resource) {
    return capacities[resource];
  }

  int urgency(int task) {
    return urgencies[task];
  }

  /** All tasks, each after its predecessors. */
  public int[] topological() {
    return topological;
  }

  /**
   * The tasks by urgency, then by a time of each, then in topological order.
   *
   * @param times not negative; no task's is smaller than a predecessor's
   */
  public int[] sorted(long[] times) {
    int size = size();
    long[] keys = new long[size];
    for (int place = 0; place < size; place++) {
      keys[place] = times[topological[place]] * size + place;
    }
    Arrays.sort(keys);
    int[] filled = urgentBefore.clone();
    int[] sorted = new int[size];
    for (long key : keys) {
      int task = topological[(int) (key % size)];
      sorted[filled[urgencies[task]]++] = task;
    }
    return sorted;
  }

  /** For each task the longest chain of durations before it. */
  long[] heads() {
    long[] heads = new long[size()];
    for (int task : topological) {
      for (int before : predecessors[task]) {
        heads[task] = Math.max(heads[task], heads[before] + durations[before]);
      }
    }
    return heads;
  }

  /** For each task the longest chain of durations behind it. */
  long[] tails() {
    long[] tails = new long[size()];
    for (int place = size() - 1; place >= 0; place--) {
      int task = topological[place];
      for (int next : successors[task]) {
        tails[task] = Math.max(tails[task], tails[next] + durations[next]);
      }
    }
    return tails;
  }
}
