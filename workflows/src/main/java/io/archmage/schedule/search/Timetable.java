package io.archmage.schedule.search;

import java.util.Arrays;

/**
 * Places tasks one after another, each at the earliest time at which its predecessors have ended
 * and everything it needs is free until its end: serial schedule generation (Kelley, 1963), which
 * reaches an optimum with some list (Kolisch, 1996).
 */
final class Timetable {

  private final Project project;
  private final int resources;

  /** Where what is in use changes; the last step lasts for ever and uses nothing. */
  private long[] steps;

  private int[] used;
  private int count;
  private long work;

  Timetable(Project project) {
    this.project = project;
    this.resources = project.resources();
    this.steps = new long[2 * project.size() + 2];
    this.used = new int[steps.length * resources];
  }

  /** How many steps and predecessors were looked at so far, in all schedules. */
  long work() {
    return work;
  }

  /**
   * When each task starts.
   *
   * @param list all tasks, each after its predecessors
   */
  long[] place(int[] list) {
    count = 1;
    steps[0] = 0;
    Arrays.fill(used, 0, resources, 0);
    long[] starts = new long[list.length];
    for (int task : list) {
      long earliest = 0;
      work += 1 + project.predecessors(task).length;
      for (int before : project.predecessors(task)) {
        earliest = Math.max(earliest, starts[before] + project.duration(before));
      }
      starts[task] = take(task, earliest);
    }
    return starts;
  }

  private long take(int task, long earliest) {
    long duration = project.duration(task);
    int[] demands = project.demands(task);
    if (duration == 0 || demands.length == 0) {
      return earliest;
    }
    int first = stepAt(earliest);
    long start = earliest;
    int step = first;
    while (true) {
      work++;
      if (!fits(demands, step)) {
        step++;
        first = step;
        start = steps[step];
      } else if (step == count - 1 || steps[step + 1] >= start + duration) {
        break;
      } else {
        step++;
      }
    }
    int from = split(first, start);
    int to = split(from, start + duration);
    for (int i = from; i < to; i++) {
      for (int d = 0; d < demands.length; d += 2) {
        used[i * resources + demands[d]] += demands[d + 1];
      }
    }
    return start;
  }

  private boolean fits(int[] demands, int step) {
    int base = step * resources;
    for (int d = 0; d < demands.length; d += 2) {
      if (used[base + demands[d]] + demands[d + 1] > project.capacity(demands[d])) {
        return false;
      }
    }
    return true;
  }

  private int stepAt(long time) {
    int found = Arrays.binarySearch(steps, 0, count, time);
    return found >= 0 ? found : -found - 2;
  }

  /** The step that begins at that time, made if there is none, at or after the given one. */
  private int split(int from, long time) {
    int step = from;
    while (step + 1 < count && steps[step + 1] <= time) {
      step++;
    }
    if (steps[step] == time) {
      return step;
    }
    int next = step + 1;
    System.arraycopy(steps, next, steps, next + 1, count - next);
    System.arraycopy(
        used, step * resources, used, next * resources, (count - step) * resources);
    steps[next] = time;
    count++;
    return next;
  }
}
