package io.archmage.schedule;

import io.archmage.schedule.search.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A model as a project: slots, the instances of each familiar and the named resources are its
 * resources, as far as they can run out. Where stages wait for each other, a milestone of no length
 * stands between two of them; milestones come behind the model's tasks. Limits over time are left
 * out.
 */
final class ModelProject {

  private final ScheduleModel model;
  private final List<Duration> runTimes;
  private final boolean barrier;
  private final List<List<Integer>> predecessors = new ArrayList<>();
  private final List<List<Integer>> demands = new ArrayList<>();
  private final List<Integer> capacities = new ArrayList<>();

  private ModelProject(ScheduleModel model, List<Duration> runTimes, boolean barrier) {
    this.model = model;
    this.runTimes = runTimes;
    this.barrier = barrier;
  }

  /** Makes it; urgencies are as for {@link OrderImprovement#of}. */
  static Project of(ScheduleModel model, List<Integer> urgencies) {
    List<Duration> estimates = model.tasks().stream().map(ScheduledTask::estimate).toList();
    return new ModelProject(model, estimates, model.barrier()).project(urgencies);
  }

  /** The same for other run times, with nothing urgent, and with stages that wait or do not. */
  static Project ofRunTimes(ScheduleModel model, List<Duration> runTimes, boolean barrier) {
    return new ModelProject(model, runTimes, barrier)
        .project(Collections.nCopies(runTimes.size(), 0));
  }

  private Project project(List<Integer> urgencies) {
    for (ScheduledTask task : model.tasks()) {
      List<Integer> before = new ArrayList<>(task.needs());
      before.addAll(task.after());
      predecessors.add(before);
      demands.add(new ArrayList<>());
    }
    if (barrier) {
      addMilestones();
    }
    List<Integer> all = IntStream.range(0, model.tasks().size()).boxed().toList();
    share(all, model.maxParallel());
    for (int familiar = 0; familiar < model.familiars().size(); familiar++) {
      int own = familiar;
      share(
          all.stream().filter(task -> model.tasks().get(task).familiar() == own).toList(),
          model.familiars().get(familiar).instances());
    }
    for (int resource = 0; resource < model.resources().size(); resource++) {
      share(resource);
    }
    int[][] before = arrays(predecessors);
    return Project.of(
        IntStream.range(0, before.length).mapToLong(this::duration).toArray(),
        before,
        arrays(demands),
        capacities.stream().mapToInt(Integer::intValue).toArray(),
        ranks(urgencies));
  }

  private long duration(int task) {
    return task < model.tasks().size() ? runTimes.get(task).toMillis() : 0;
  }

  private void addMilestones() {
    TreeMap<Integer, List<Integer>> stages = new TreeMap<>();
    for (int task = 0; task < model.tasks().size(); task++) {
      stages.computeIfAbsent(model.tasks().get(task).stage(), stage -> new ArrayList<>())
          .add(task);
    }
    List<Integer> last = List.of();
    for (List<Integer> stage : stages.values()) {
      if (!last.isEmpty()) {
        int milestone = predecessors.size();
        predecessors.add(List.copyOf(last));
        demands.add(new ArrayList<>());
        stage.forEach(task -> predecessors.get(task).add(milestone));
      }
      last = stage;
    }
  }

  private void share(List<Integer> tasks, int capacity) {
    if (tasks.size() > capacity) {
      tasks.forEach(task -> demands.get(task).addAll(List.of(capacities.size(), 1)));
      capacities.add(capacity);
    }
  }

  private void share(int resource) {
    int capacity = model.resources().get(resource).capacity();
    long wanted = 0;
    for (ScheduledTask task : model.tasks()) {
      for (Demand demand : task.demands()) {
        wanted += demand.resource() == resource ? demand.amount() : 0;
      }
    }
    if (wanted <= capacity) {
      return;
    }
    for (int task = 0; task < model.tasks().size(); task++) {
      for (Demand demand : model.tasks().get(task).demands()) {
        if (demand.resource() == resource) {
          demands.get(task).addAll(List.of(capacities.size(), demand.amount()));
        }
      }
    }
    capacities.add(capacity);
  }

  /**
   * Urgencies from 0 on without gaps: by stages where these wait for each other, each milestone
   * behind its stage, and within a stage as given.
   */
  private int[] ranks(List<Integer> urgencies) {
    long[] keys = new long[predecessors.size()];
    for (int task = 0; task < urgencies.size(); task++) {
      keys[task] = stageKey(task) + urgencies.get(task);
    }
    for (int milestone = urgencies.size(); milestone < keys.length; milestone++) {
      keys[milestone] = stageKey(predecessors.get(milestone).getFirst()) + Integer.MAX_VALUE;
    }
    TreeMap<Long, Integer> ranks = new TreeMap<>();
    Arrays.stream(keys).sorted().distinct().forEach(key -> ranks.put(key, ranks.size()));
    return Arrays.stream(keys).mapToInt(ranks::get).toArray();
  }

  private long stageKey(int task) {
    return barrier ? (long) model.tasks().get(task).stage() << Integer.SIZE : 0;
  }

  private static int[][] arrays(List<List<Integer>> lists) {
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
