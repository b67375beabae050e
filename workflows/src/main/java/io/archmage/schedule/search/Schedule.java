package io.archmage.schedule.search;

/**
 * When every task starts.
 *
 * @param starts by task
 * @param makespan when the last one ends
 */
record Schedule(long[] starts, long makespan) {

  static Schedule of(Project project, long[] starts) {
    long makespan = 0;
    for (int task = 0; task < starts.length; task++) {
      makespan = Math.max(makespan, starts[task] + project.duration(task));
    }
    return new Schedule(starts, makespan);
  }

  /** The tasks by urgency, then by their starts; each after its predecessors. */
  int[] list(Project project) {
    return project.sorted(starts);
  }

  /** The same seen from the end, as {@link Project#backwards()} counts time. */
  Schedule mirrored(Project project) {
    long[] mirrored = new long[starts.length];
    for (int task = 0; task < mirrored.length; task++) {
      mirrored[task] = makespan - starts[task] - project.duration(task);
    }
    return new Schedule(mirrored, makespan);
  }
}
