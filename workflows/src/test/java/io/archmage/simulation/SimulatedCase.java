package io.archmage.simulation;

import io.archmage.contract.PreparedFamiliar;
import io.archmage.contract.PreparedLimits;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedRate;
import io.archmage.contract.PreparedRollback;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunKey;
import io.archmage.graph.Edge;
import io.archmage.graph.EdgeReason;
import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.schedule.DispatchOrder;
import io.archmage.schedule.RateUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A plan, its limits, and what may go wrong.
 *
 * @param seed of every draw
 * @param shape the pattern
 * @param tasks in declared order
 * @param rules limits and policies
 * @param faults kinds that may happen
 */
record SimulatedCase(
    long seed, Execution shape, List<Task> tasks, Rules rules, List<Fault> faults) {

  /** What a task does to the files. */
  enum Work {
    /** Changes files of its own. */
    OWN,
    /** Changes a file, too, that others change in other lines. */
    LOOSE,
    /** Changes a file, too, that others change in the same lines. */
    TIGHT,
    /** Changes nothing. */
    NOTHING,
    /** Changes files that are to be discarded. */
    READ_ONLY,
    /** A step of the plan's own. */
    STEP
  }

  /** A task whose needs and afters are ids. */
  record Task(
      int id,
      int familiar,
      List<Integer> needs,
      List<Integer> after,
      int stage,
      int priority,
      Work work) {

    String name() {
      return "t" + id;
    }

    /** Whether its work changes the run's branch. */
    boolean changes() {
      return work == Work.OWN || work == Work.LOOSE || work == Work.TIGHT;
    }

    private Task without(Integer predecessor) {
      return new Task(
          id,
          familiar,
          needs.stream().filter(other -> !other.equals(predecessor)).toList(),
          after.stream().filter(other -> !other.equals(predecessor)).toList(),
          stage,
          priority,
          work);
    }
  }

  /**
   * Limits and policies.
   *
   * @param instances of each familiar
   * @param startsPerMinute of the first familiar, 0 for no limit
   * @param callsPerMinute over all, 0 for no limit
   * @param asks whether conflicts wait for a person
   */
  record Rules(
      List<Integer> instances,
      int maxParallel,
      boolean barrier,
      int maxRetries,
      int startsPerMinute,
      int callsPerMinute,
      boolean failFast,
      boolean asks,
      boolean escalates,
      boolean squash,
      String publish) {}

  Draws draws() {
    return new Draws(seed);
  }

  boolean may(Fault fault) {
    return faults.contains(fault);
  }

  /** The same run with nothing in its way. */
  SimulatedCase undisturbed() {
    return new SimulatedCase(seed, shape, tasks, rules, List.of());
  }

  /** The tasks as the workflow gets them. */
  List<PreparedTask> prepared(Mutation mutation) {
    List<Integer> ids = tasks.stream().map(Task::id).toList();
    List<Edge> edges = new ArrayList<>();
    for (int to = 0; to < tasks.size(); to++) {
      for (int need : tasks.get(to).needs()) {
        edges.add(
            new Edge(ids.indexOf(need), to, DependencyType.HARD, EdgeReason.DECLARED, null));
      }
      for (int after : tasks.get(to).after()) {
        edges.add(
            new Edge(ids.indexOf(after), to, DependencyType.SOFT, EdgeReason.DECLARED, null));
      }
    }
    List<Integer> order =
        DispatchOrder.of(
            tasks.stream().map(Task::priority).toList(),
            tasks.stream().map(task -> Duration.ofMillis(runTime(task))).toList(),
            edges);
    List<PreparedTask> prepared = new ArrayList<>();
    for (int index = 0; index < tasks.size(); index++) {
      Task task = tasks.get(index);
      prepared.add(
          new PreparedTask(
              task.name(),
              "do " + task.name(),
              task.work() == Work.STEP ? rules.instances().size() : task.familiar(),
              mutation == Mutation.NEEDS_TAKEN_FOR_AFTER ? List.of() : indices(task.needs()),
              indices(mutation == Mutation.NEEDS_TAKEN_FOR_AFTER ? task.needs() : task.after()),
              task.stage(),
              task.stage(),
              order.get(index),
              runTime(task),
              1_800_000,
              null,
              task.work() == Work.READ_ONLY,
              List.of()));
    }
    return prepared;
  }

  private List<Integer> indices(List<Integer> of) {
    List<Integer> ids = tasks.stream().map(Task::id).toList();
    return of.stream().map(ids::indexOf).sorted().toList();
  }

  /** How long a familiar works on the task, in milliseconds. */
  long runTime(Task task) {
    return 1_000L + draws().below(60_000, "run time", task.id());
  }

  PreparedPlan plan(String baseCommit, Mutation mutation) {
    List<PreparedFamiliar> familiars = new ArrayList<>();
    rules.instances()
        .forEach(count -> familiars.add(new PreparedFamiliar("f" + familiars.size(), count)));
    familiars.add(new PreparedFamiliar("archmage", 100));
    List<PreparedRate> rates =
        rules.startsPerMinute() == 0
            ? List.of()
            : List.of(new PreparedRate(0, rules.startsPerMinute(), RateUnit.MINUTE));
    return new PreparedPlan(
        new RunKey("run", "execution", "run"),
        shape,
        "a plan",
        baseCommit,
        "main",
        "archmage/run",
        "plan-id",
        tasks.size(),
        List.of(),
        familiars,
        rules.maxParallel() + (mutation == Mutation.ONE_SLOT_MORE ? 1 : 0),
        rules.barrier() && mutation != Mutation.NO_BARRIER,
        rules.maxRetries(),
        5_000,
        1.5,
        rules.squash() ? "squash" : "regular",
        rules.publish(),
        List.of(),
        rules.asks() ? "ask" : null,
        rules.escalates(),
        List.of(),
        new PreparedLimits(
            rates,
            rules.callsPerMinute() == 0 ? null : rules.callsPerMinute(),
            null,
            rules.failFast(),
            List.of()),
        new PreparedRollback(true, false));
  }

  /** All cases that are this one with something left out. */
  List<SimulatedCase> smaller() {
    List<SimulatedCase> smaller = new ArrayList<>();
    for (Task gone : tasks) {
      if (tasks.size() > 1) {
        smaller.add(
            with(
                tasks.stream()
                    .filter(task -> task != gone)
                    .map(task -> task.without(gone.id()))
                    .toList()));
      }
    }
    for (Fault gone : faults) {
      smaller.add(
          new SimulatedCase(
              seed,
              shape,
              tasks,
              rules,
              faults.stream().filter(fault -> fault != gone).toList()));
    }
    for (Task task : tasks) {
      TreeSet<Integer> predecessors = new TreeSet<>(task.needs());
      predecessors.addAll(task.after());
      for (int predecessor : predecessors) {
        smaller.add(
            with(tasks.stream().map(t -> t == task ? t.without(predecessor) : t).toList()));
      }
    }
    return smaller;
  }

  private SimulatedCase with(List<Task> others) {
    return new SimulatedCase(seed, shape, others, rules, faults);
  }
}
