package io.archmage.schedule;

import io.archmage.schedule.search.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
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

  /** Makes it; urgencies are of the model's tasks, smaller ones more urgent. */
  static Project of(ScheduleModel model, List<Integer> urgencies) {
    List<Duration> estimates = model.tasks().stream().map(ScheduledTask::estimate).toList();
    return new ModelProject(model, estimates, model.barrier()).project(urgencies);
  }

  /** The same for other run times, with nothing urgent and stages that do not wait. */
  static Project ofRunTimes(ScheduleModel model, List<Duration> runTimes) {
    return new ModelProject(model, runTimes, false)
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
        ranks(before, urgencies));
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
    int wanted = 0;
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

  /** Urgencies from 0 on without gaps; no task is less urgent than those behind it. */
  private static int[] ranks(int[][] predecessors, List<Integer> urgencies) {
    int[] urgent = new int[predecessors.length];
    Arrays.fill(urgent, Integer.MAX_VALUE);
    for (int task = 0; task < urgencies.size(); task++) {
      urgent[task] = urgencies.get(task);
    }
    int[] topological =
        PrecedenceGraph.of(PrecedenceGraph.reverse(predecessors)).topologicalOrder();
    for (int place = topological.length - 1; place >= 0; place--) {
      for (int before : predecessors[topological[place]]) {
        urgent[before] = Math.min(urgent[before], urgent[topological[place]]);
      }
    }
    List<Integer> distinct =
        List.copyOf(new TreeSet<>(Arrays.stream(urgent).boxed().toList()));
    TreeMap<Integer, Integer> rank = new TreeMap<>();
    distinct.forEach(urgency -> rank.put(urgency, rank.size()));
    return Arrays.stream(urgent).map(rank::get).toArray();
  }

  private static int[][] arrays(List<List<Integer>> lists) {
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
