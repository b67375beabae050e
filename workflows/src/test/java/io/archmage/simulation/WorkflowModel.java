package io.archmage.simulation;

import io.archmage.contract.AttemptResult;
import io.archmage.contract.IntegrationResult;
import io.archmage.durable.ShellModel;
import io.archmage.durable.ShellModel.Command;
import io.archmage.durable.ShellModel.Input;
import io.archmage.report.RunStatus;
import io.archmage.schedule.Scheduler;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.Transition;
import io.archmage.simulation.Activity.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The workflow with its history: what arrives makes workflow tasks, their commands activities. */
final class WorkflowModel {

  private static final long ACTIVITIES_PER_TASK = 10_000;

  private record Recorded(List<Input> inputs, Instant at, List<Command> commands) {}

  private final World world;
  private final List<Recorded> history = new ArrayList<>();
  private final List<Input> arrived = new ArrayList<>();
  private final SortedMap<Integer, Activity> attempts = new TreeMap<>();
  private final SortedMap<Integer, Integer> merges = new TreeMap<>();
  private final List<Activity> branchActivities = new ArrayList<>();
  private @Nullable String published;
  private boolean closed;
  private ShellModel shell;
  private boolean scheduled;
  private int workflowTasks;
  private int results;
  private @Nullable RunStatus finished;

  WorkflowModel(World world) {
    this.world = world;
    this.shell = fresh();
  }

  private ShellModel fresh() {
    return new ShellModel(
        world.plan.plan(world.base, world.mutation), world.prepared, Instant.EPOCH);
  }

  ShellModel shell() {
    return shell;
  }

  boolean isOver() {
    return finished != null;
  }

  @Nullable
  RunStatus finished() {
    return finished;
  }

  /** How the run was published, {@code left} if it was not; null if that was not wanted. */
  @Nullable
  String published() {
    return published;
  }

  /** Whether closing was told to have worked; if not, the report says so. */
  boolean closed() {
    return closed;
  }

  /** Whether anything reads or moves the run's branch or still could. */
  boolean usesBranch() {
    return branchActivities.stream().anyMatch(activity -> activity.open)
        || world.engine.runsAny(branchActivities);
  }

  void tell(Input input) {
    if (isOver()) {
      return;
    }
    arrived.add(input);
    schedule(1 + world.draws.below(30, "workflow task", workflowTasks));
  }

  private void schedule(long delay) {
    if (!scheduled) {
      scheduled = true;
      world.agenda.in(delay, this::workflowTask);
    }
  }

  private void workflowTask() {
    scheduled = false;
    int number = ++workflowTasks;
    List<Input> inputs = List.copyOf(arrived);
    arrived.clear();
    if (strikes(Fault.REPLAYED, 5, number)) {
      shell = replayed();
    }
    List<Command> commands = shell.workflowTask(inputs, world.agenda.instant());
    if (strikes(Fault.DECISIONS_LOST, 9, number)) {
      shell = replayed();
      arrived.addAll(inputs);
      schedule(world.draws.below(10_000, "lost", number));
      return;
    }
    history.add(new Recorded(inputs, world.agenda.instant(), commands));
    world.note("workflow task " + inputs + " -> " + commands);
    world.oracle.workflowTask(inputs, shell);
    if (strikes(Fault.TOLD_TWICE, 4, number)) {
      tellTwice();
    }
    commands.forEach(this::carryOut);
  }

  private boolean strikes(Fault fault, int in, int number) {
    boolean now = world.plan.may(fault) && world.draws.once(in, fault.name(), number);
    if (now) {
      world.faults.count(fault, "workflow task " + number);
    }
    return now;
  }

  /** A workflow built from the history must ask for what it asked for then. */
  private ShellModel replayed() {
    ShellModel built = fresh();
    for (Recorded recorded : history) {
      List<Input> inputs = new ArrayList<>(recorded.inputs());
      if (world.mutation == Mutation.REPLAY_DIFFERS) {
        Collections.reverse(inputs);
      }
      List<Command> again = built.workflowTask(inputs, recorded.at());
      if (!again.equals(recorded.commands())) {
        throw new Violation(
            "the replay asks for " + again + " where the run asked for " + recorded.commands());
      }
    }
    return built;
  }

  private void tellTwice() {
    SchedulerEvent last = shell.told().getLast();
    Transition again = Scheduler.next(shell.state(), last);
    if (!again.decisions().isEmpty()
        || !again.state().counts().equals(shell.state().counts())) {
      throw new Violation("told again of " + last + " it decides " + again.decisions());
    }
  }

  private void carryOut(Command command) {
    switch (command) {
      case Command.Invoke invoke -> {
        int task = invoke.task();
        Activity activity =
            new Activity(
                "attempt " + Host.key(invoke.request().task(), invoke.request().attempt()),
                key(task, 2L * invoke.request().attempt()),
                run -> AttemptModel.invoke(world, run, invoke.request()),
                end -> attemptEnded(task, end));
        attempts.put(task, activity);
        world.engine.start(activity);
      }
      case Command.CancelInvoke cancel -> world.engine.cancel(attempts.get(cancel.task()));
      case Command.Integrate merge -> {
        int task = merge.task();
        int attempt = merge.request().attempt();
        int time = merges.merge(task, 1, Integer::sum);
        Activity activity =
            new Activity(
                "merge " + Host.key(merge.request().task(), attempt),
                key(task, 1001L + time),
                run -> new IntegrateModel(world, run, merge.request()).integrate(),
                end -> mergeEnded(task, attempt, end));
        branchActivities.add(activity);
        world.engine.start(activity);
      }
      case Command.StartTimer timer ->
        at(timer.at(), () -> tell(new Input.TimerFired(timer.task())));
      case Command.StartRateTimer timer ->
        at(timer.at(), () -> tell(new Input.RateFired(timer.at())));
      case Command.Ask ask -> world.user.asked(ask.task());
      case Command.Publish publish -> {
        world.user.moveBranchNow();
        Activity activity =
            new Activity(
                "publish",
                2,
                run -> new PublishModel(world, run, publish.head()).publish(),
                this::publishEnded);
        branchActivities.add(activity);
        world.engine.start(activity);
      }
      case Command.Close close ->
        world.engine.start(
            new Activity(
                "close",
                3,
                run -> new CloseModel(world, run).close(close.status().key()),
                end -> {
                  closed = end instanceof End.Done;
                  tell(new Input.CloseEnded());
                }));
      case Command.Finish finish -> {
        finished = finish.status();
        world.note("the run ends " + finished);
      }
    }
  }

  private long key(int task, long which) {
    return (world.plan.tasks().get(task).id() + 1) * ACTIVITIES_PER_TASK + which;
  }

  private void at(Instant when, Runnable action) {
    world.agenda.in(when.toEpochMilli() - world.agenda.now(), action);
  }

  private void attemptEnded(int task, End end) {
    if (forgotten()) {
      return;
    }
    tell(
        switch (end) {
          case End.Done done -> new Input.AttemptDone(task, (AttemptResult) done.result());
          case End.Familiar bad -> new Input.AttemptBad(task, bad.failure().details());
          case End.Lost lost -> new Input.AttemptLost(task);
          case End.Cancelled cancelled -> new Input.AttemptCancelled(task);
        });
  }

  private void mergeEnded(int task, int attempt, End end) {
    tell(
        end instanceof End.Done done
            ? new Input.Merged(task, attempt, (IntegrationResult) done.result())
            : new Input.MergeLost(task, attempt));
  }

  private void publishEnded(End end) {
    published = end instanceof End.Done done ? (String) done.result() : "left";
    tell(new Input.PublishEnded());
  }

  private boolean forgotten() {
    return world.mutation == Mutation.RESULT_FORGOTTEN
        && world.draws.once(10, "forgotten", ++results);
  }
}
