package io.archmage.schedule.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What no schedule of a project can beat. */
final class LowerBounds {

  /** Beyond this many pairs of tasks, windows are not looked at. */
  private static final long MAX_PAIRS = 1_000_000;

  private LowerBounds() {}

  /**
   * The longest of: every chain, and for every resource what must be done between a task's head and
   * a task's tail, divided by the capacity, plus that head and that tail (Carlier, 1982, for one
   * machine).
   */
  static long of(Project project) {
    long[] heads = project.heads();
    long[] tails = project.tails();
    long bound = 0;
    for (int task = 0; task < heads.length; task++) {
      bound = Math.max(bound, heads[task] + project.duration(task) + tails[task]);
    }
    for (int resource = 0; resource < project.resources(); resource++) {
      bound = Math.max(bound, ofResource(project, resource, heads, tails));
    }
    return bound;
  }

  private static long ofResource(Project project, int resource, long[] heads, long[] tails) {
    long[] energy = new long[project.size()];
    for (int task = 0; task < energy.length; task++) {
      int[] demands = project.demands(task);
      for (int d = 0; d < demands.length; d += 2) {
        if (demands[d] == resource) {
          energy[task] = project.duration(task) * demands[d + 1];
        }
      }
    }
    int[] byTail =
        IntStream.range(0, energy.length)
            .filter(task -> energy[task] > 0)
            .boxed()
            .sorted(Comparator.comparingLong(task -> -tails[task]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] begins =
        (long) byTail.length * byTail.length > MAX_PAIRS
            ? new long[] {0}
            : Arrays.stream(byTail).mapToLong(task -> heads[task]).distinct().toArray();
    long bound = 0;
    int capacity = project.capacity(resource);
    for (long begin : begins) {
      long within = 0;
      for (int task : byTail) {
        if (heads[task] >= begin) {
          within += energy[task];
          bound = Math.max(bound, begin + Math.ceilDiv(within, capacity) + tails[task]);
        }
      }
    }
    return bound;
  }
}
