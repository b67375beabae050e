package io.archmage.schedule;

import io.archmage.schedule.search.Project;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * For whom a schedule leaves slots free: whenever a task could have started earlier than it does,
 * it waits for those that start in between and before it would have ended. A dispatcher in the
 * order of the starts that heeds this plays exactly the schedule, for what makes the task wait
 * otherwise is in use by then, as long as every task takes its estimate.
 */
final class IdleSlots {

  /** More than this many for each task on average are not worth their place in a plan. */
  private static final int MOST = 20;

  private final Project project;
  private final long[] starts;

  IdleSlots(Project project, long[] starts) {
    this.project = project;
    this.starts = starts;
  }

  /** For each task those that it leaves slots to; empty if these are too many. */
  List<List<Integer>> holds() {
    int size = project.size();
    List<TreeSet<Integer>> holds = new ArrayList<>();
    IntStream.range(0, size).forEach(task -> holds.add(new TreeSet<>()));
    List<Integer> byStart =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong(task -> starts[task]))
            .toList();
    int count = 0;
    for (long now : instants()) {
      int[] free = free(now);
      for (int task = 0; task < size; task++) {
        if (starts[task] > now && isReady(task, now) && fits(task, free)) {
          long end = Math.min(starts[task], now + project.duration(task));
          for (int other : byStart) {
            if (starts[other] >= end || count > MOST * size) {
              break;
            }
            if (starts[other] > now
                && share(task, other)
                && holds.get(task).add(other)) {
              count++;
            }
          }
        }
      }
      if (count > MOST * size) {
        return List.of();
      }
    }
    return holds.stream().<List<Integer>>map(List::copyOf).toList();
  }

  /** When a dispatcher looks: at the start and whenever a task ends. */
  private TreeSet<Long> instants() {
    TreeSet<Long> instants = new TreeSet<>();
    instants.add(0L);
    for (int task = 0; task < starts.length; task++) {
      instants.add(starts[task] + project.duration(task));
    }
    return instants;
  }

  /** What is left of each resource when all that starts now has started. */
  private int[] free(long now) {
    int[] free = IntStream.range(0, project.resources()).map(project::capacity).toArray();
    for (int task = 0; task < starts.length; task++) {
      if (starts[task] <= now && starts[task] + project.duration(task) > now) {
        int[] demands = project.demands(task);
        for (int d = 0; d < demands.length; d += 2) {
          free[demands[d]] -= demands[d + 1];
        }
      }
    }
    return free;
  }

  private boolean isReady(int task, long now) {
    for (int before : project.predecessors(task)) {
      if (starts[before] + project.duration(before) > now) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(int task, int[] free) {
    int[] demands = project.demands(task);
    for (int d = 0; d < demands.length; d += 2) {
      if (free[demands[d]] < demands[d + 1]) {
        return false;
      }
    }
    return true;
  }

  private boolean share(int one, int other) {
    int[] demands = project.demands(one);
    int[] others = project.demands(other);
    for (int d = 0; d < demands.length; d += 2) {
      for (int o = 0; o < others.length; o += 2) {
        if (demands[d] == others[o]) {
          return true;
        }
      }
    }
    return false;
  }
}
