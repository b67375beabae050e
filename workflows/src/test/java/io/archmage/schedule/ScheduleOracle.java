package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.ConflictPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Watches a run and knows, by plain recounting over the whole model, what a correct scheduler may
 * decide.
 */
final class ScheduleOracle {
  private final ScheduleModel model;
  private final int size;
  private final TaskStatus[] status;
  private final boolean[] inFlight;
  private final int[] attempts;
  private final int[] failures;
  private final int[] deferrals;
  private final int[] conflicts;
  private final int[] retries;
  private final boolean[] decided;
  private final boolean[] skippedByPerson;
  private final Instant[] wakeAt;
  private final BitSet[] ancestors;
  private final int[] skippedFor;
  private final RollbackOracle rollbacks;
  private final List<Decision> due = new ArrayList<>();
  private boolean cancelling;
  private boolean completed;

  /** When somebody comes back who was told to, because a slot is left free. */
  private Instant wake;

  ScheduleOracle(ScheduleModel model) {
    this.model = model;
    size = model.tasks().size();
    status = new TaskStatus[size];
    Arrays.fill(status, TaskStatus.BLOCKED);
    inFlight = new boolean[size];
    attempts = new int[size];
    failures = new int[size];
    deferrals = new int[size];
    conflicts = new int[size];
    retries = new int[size];
    decided = new boolean[size];
    skippedByPerson = new boolean[size];
    wakeAt = new Instant[size];
    ancestors = ancestors();
    skippedFor = new int[size];
    rollbacks = new RollbackOracle(model, status, skippedFor);
  }

  /** Checks the decisions that followed the events, and the state. */
  void observe(List<SchedulerEvent> events, Transition transition) {
    due.clear();
    events.forEach(this::apply);
    List<Decision> decisions = transition.decisions();
    int at = 0;
    for (Decision expected : due) {
      assertThat(at < decisions.size() ? decisions.get(at) : "nothing")
          .as("decision %d of %s after %s", at, decisions, events)
          .isEqualTo(expected);
      at++;
    }
    if (at < decisions.size() && decisions.get(at) instanceof Decision.Rollback rollback) {
      rollbacks.mayBegin(rollback, cancelling);
      at++;
    }
    rollbacks.mustHaveBegun(cancelling);
    boolean quiet = IntStream.range(0, size).noneMatch(t -> status[t] == TaskStatus.RUNNING);
    boolean recorded =
        at < decisions.size() && decisions.get(at) instanceof Decision.Checkpoint;
    int first = recorded ? at + 1 : at;
    int stage = earliestOpenStage();
    at = first;
    while (at < decisions.size() && decisions.get(at) instanceof Decision.Dispatch dispatch) {
      assertThat(rollbacks.underWay()).as("rollback under way").isEmpty();
      mayDispatch(dispatch);
      at++;
    }
    boolean section =
        model.rollback().checkpoints() && quiet && rollbacks.newSection(stage, at - first);
    assertThat(recorded).as("checkpoint in %s", decisions).isEqualTo(section);
    if (recorded) {
      assertThat(decisions.get(first - 1)).isEqualTo(new Decision.Checkpoint(stage));
    }
    if (at < decisions.size() && decisions.get(at) instanceof Decision.WaitForHold hold) {
      assertThat(mayBeHeld(hold.task())).isTrue();
      assertThat(hold.at()).isAfter(events.getLast().at());
      wake = hold.at();
      at++;
    }
    mustNotIdle(events);
    boolean ended = Arrays.stream(status).allMatch(TaskStatus::terminal);
    List<Decision> rest = decisions.subList(at, decisions.size());
    if (ended && !completed && rollbacks.underWay().isEmpty()) {
      completed = true;
      assertThat(rest).containsExactly(new Decision.Complete());
    } else {
      assertThat(rest).isEmpty();
    }
    compare(transition.state());
  }

  /** What holds at the end of every run. */
  void finish(ScheduleState state) {
    assertThat(completed).as("complete").isTrue();
    rollbacks.finish(cancelling);
    for (int task = 0; task < size; task++) {
      assertThat(state.status(task).terminal()).as("task %d ended", task).isTrue();
      assertThat(state.attempts(task))
          .isLessThanOrEqualTo(
              1 + (1 + retries[task]) * model.retry().maxRetries()
                  + retries[task]
                  + deferrals[task]
                  + 1);
      int because = task;
      while (state.status(because) == TaskStatus.SKIPPED && !skippedByPerson[because]) {
        int next = state.skippedBecause(because).orElseThrow();
        assertThat(model.tasks().get(because).needs()).contains(next);
        because = next;
      }
      if (because != task) {
        assertThat(state.status(because))
            .isIn(TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.SKIPPED);
      }
    }
  }

  private void apply(SchedulerEvent event) {
    switch (event) {
      case SchedulerEvent.RunStarted e -> {}
      case SchedulerEvent.AttemptSucceeded e -> {
        if (inFlight[e.task()]) {
          inFlight[e.task()] = false;
          due.add(new Decision.Integrate(e.task(), attempts[e.task()]));
        }
      }
      case SchedulerEvent.AttemptFailed e -> {
        if (inFlight[e.task()]) {
          inFlight[e.task()] = false;
          failures[e.task()]++;
          boolean again = e.retryable() && failures[e.task()] <= model.retry().maxRetries();
          if (again) {
            pauseOrFail(
                e.task(), e.at().plus(model.retry().delayBefore(failures[e.task()])));
          } else {
            failOrAsk(e.task());
          }
        }
      }
      case SchedulerEvent.AttemptDeferred e -> {
        if (inFlight[e.task()]) {
          inFlight[e.task()] = false;
          deferrals[e.task()]++;
          pauseOrFail(e.task(), e.until());
        }
      }
      case SchedulerEvent.AttemptCancelled e -> {
        if (inFlight[e.task()]) {
          inFlight[e.task()] = false;
          status[e.task()] = TaskStatus.CANCELLED;
          skipDependents();
        }
      }
      case SchedulerEvent.Integrated e -> {
        if (integrating(e.task())) {
          status[e.task()] = TaskStatus.SUCCEEDED;
          rollbacks.succeeded(e.task());
        }
      }
      case SchedulerEvent.Conflicted e -> {
        if (integrating(e.task())) {
          conflicts[e.task()]++;
          if (cancelling) {
            pauseOrFail(e.task(), null);
          } else if (decided[e.task()]
              || e.asks()
              || model.person().conflicts() == ConflictPolicy.ASK) {
            ask(e.task());
          } else if (conflicts[e.task()] > 1) {
            failOrAsk(e.task());
          } else {
            status[e.task()] = TaskStatus.BLOCKED;
          }
          decided[e.task()] = false;
        }
      }
      case SchedulerEvent.StartBlocked e -> {
        if (inFlight[e.task()]) {
          inFlight[e.task()] = false;
          if (cancelling) {
            pauseOrFail(e.task(), null);
          } else {
            ask(e.task());
          }
        }
      }
      case SchedulerEvent.IntegrationFailed e -> {
        if (integrating(e.task())) {
          if (decided[e.task()] && !cancelling) {
            ask(e.task());
          } else {
            failOrAsk(e.task());
          }
          decided[e.task()] = false;
        }
      }
      case SchedulerEvent.TimeReached e -> {
        if (status[e.task()] == TaskStatus.WAITING) {
          assertThat(e.at()).isAfterOrEqualTo(wakeAt[e.task()]);
          status[e.task()] = TaskStatus.BLOCKED;
        }
      }
      case SchedulerEvent.RolledBack e -> rollbacks.ended(e.number(), true);
      case SchedulerEvent.RollbackStopped e -> rollbacks.ended(e.number(), false);
      case SchedulerEvent.AttemptUsed e -> {}
      case SchedulerEvent.RateReached e -> {}
      case SchedulerEvent.HoldReached e -> wake = e.until().equals(wake) ? null : wake;
      case SchedulerEvent.PersonResolved e -> {
        if (status[e.task()] == TaskStatus.AWAITING_PERSON) {
          status[e.task()] = TaskStatus.RUNNING;
          decided[e.task()] = true;
          due.add(new Decision.Integrate(e.task(), attempts[e.task()]));
        }
      }
      case SchedulerEvent.PersonRetries e -> {
        if (status[e.task()] == TaskStatus.AWAITING_PERSON) {
          status[e.task()] = TaskStatus.BLOCKED;
          retries[e.task()]++;
          failures[e.task()] = 0;
        }
      }
      case SchedulerEvent.PersonSkips e -> {
        if (status[e.task()] == TaskStatus.AWAITING_PERSON) {
          status[e.task()] = TaskStatus.SKIPPED;
          skippedByPerson[e.task()] = true;
          skippedFor[e.task()] = e.task();
          due.add(new Decision.Skip(e.task(), e.task()));
          skipDependents();
        }
      }
      case SchedulerEvent.PersonRejects e -> {
        if (status[e.task()] == TaskStatus.AWAITING_PERSON) {
          pauseOrFail(e.task(), null);
        }
      }
      case SchedulerEvent.CancelRequested e -> cancel();
    }
  }

  private boolean integrating(int task) {
    return status[task] == TaskStatus.RUNNING && !inFlight[task];
  }

  private void failOrAsk(int task) {
    if (model.person().escalate() && !cancelling) {
      ask(task);
    } else {
      pauseOrFail(task, null);
    }
  }

  private void ask(int task) {
    status[task] = TaskStatus.AWAITING_PERSON;
    due.add(new Decision.AskPerson(task));
  }

  private void pauseOrFail(int task, Instant again) {
    if (cancelling) {
      status[task] = TaskStatus.CANCELLED;
    } else if (again != null) {
      status[task] = TaskStatus.WAITING;
      wakeAt[task] = again;
      due.add(new Decision.WaitUntil(task, again));
    } else {
      status[task] = TaskStatus.FAILED;
      due.add(new Decision.Fail(task));
      skipDependents();
    }
  }

  private void skipDependents() {
    TreeSet<Integer> skipped = new TreeSet<>();
    for (int round = 0; round < size; round++) {
      for (int task = 0; task < size; task++) {
        ScheduledTask scheduled = model.tasks().get(task);
        if (!status[task].terminal() && scheduled.needs().stream().anyMatch(this::bad)) {
          status[task] = TaskStatus.SKIPPED;
          skipped.add(task);
        }
      }
    }
    for (int task : skipped) {
      int because =
          model.tasks().get(task).needs().stream().filter(this::bad).findFirst().orElseThrow();
      skippedFor[task] = because;
      due.add(new Decision.Skip(task, because));
    }
  }

  private boolean bad(int task) {
    return status[task].terminal() && status[task] != TaskStatus.SUCCEEDED;
  }

  private void cancel() {
    if (cancelling) {
      return;
    }
    cancelling = true;
    for (int task = 0; task < size; task++) {
      if (inFlight[task]) {
        due.add(new Decision.CancelAttempt(task));
      } else if (!status[task].terminal() && status[task] != TaskStatus.RUNNING) {
        status[task] = TaskStatus.CANCELLED;
      }
    }
  }

  private void mayDispatch(Decision.Dispatch dispatch) {
    int task = dispatch.task();
    assertThat(cancelling).as("dispatch of %d while cancelling", task).isFalse();
    assertThat(status[task]).as("status of %d", task).isEqualTo(TaskStatus.BLOCKED);
    ScheduledTask scheduled = model.tasks().get(task);
    assertThat(scheduled.needs()).allMatch(need -> status[need] == TaskStatus.SUCCEEDED);
    assertThat(ancestors[task].stream())
        .as("tasks with a path to %d", task)
        .allMatch(before -> status[before].terminal());
    if (model.barrier()) {
      assertThat(IntStream.range(0, size).filter(t -> stage(t) < scheduled.stage()))
          .as("earlier stages of %d", task)
          .allMatch(earlier -> status[earlier].terminal());
    }
    assertThat(flights()).as("slots").isLessThan(model.maxParallel());
    assertThat(flightsOf(scheduled.familiar()))
        .as("instances")
        .isLessThan(model.familiars().get(scheduled.familiar()).instances());
    assertThat(
        dispatchable().stream().filter(other -> other == task || !mayBeHeld(other)))
        .as("order")
        .first()
        .isEqualTo(task);
    attempts[task]++;
    assertThat(dispatch)
        .isEqualTo(new Decision.Dispatch(task, attempts[task], conflicts[task] > 0));
    status[task] = TaskStatus.RUNNING;
    inFlight[task] = true;
  }

  /** A slot stays free only for somebody, while something is under way, and not for ever. */
  private void mustNotIdle(List<SchedulerEvent> events) {
    List<Integer> idle =
        cancelling || rollbacks.underWay().isPresent() ? List.of() : dispatchable();
    assertThat(idle).as("idle slot after %s", events).allMatch(this::mayBeHeld);
    if (!idle.isEmpty()) {
      assertThat(flights() + integrations()).as("under way after %s", events).isPositive();
      assertThat(wake).as("end of the hold after %s", events).isNotNull();
    }
  }

  /** It leaves its slot to another, or must not take one that a task before it left. */
  private boolean mayBeHeld(int task) {
    int order = model.tasks().get(task).order();
    return IntStream.range(0, size)
        .filter(other -> model.tasks().get(other).order() <= order)
        .anyMatch(other -> runnable(other) && hasSomebodyToWaitFor(other));
  }

  private boolean hasSomebodyToWaitFor(int task) {
    return model.tasks()
        .get(task)
        .heldFor()
        .stream()
        .anyMatch(other -> status[other] == TaskStatus.BLOCKED);
  }

  private long integrations() {
    return IntStream.range(0, size).filter(this::integrating).count();
  }

  private boolean resourcesFree(int task) {
    return model.tasks()
        .get(task)
        .demands()
        .stream()
        .allMatch(
            demand -> demand.amount()
                + inUse(demand.resource()) <= model.resources().get(demand.resource()).capacity());
  }

  private int inUse(int resource) {
    return IntStream.range(0, size)
        .filter(task -> inFlight[task])
        .mapToObj(task -> model.tasks().get(task).demands())
        .flatMap(List::stream)
        .filter(demand -> demand.resource() == resource)
        .mapToInt(Demand::amount)
        .sum();
  }

  /** Tasks for which everything is free, in order. */
  private List<Integer> dispatchable() {
    return IntStream.range(0, size)
        .filter(this::runnable)
        .filter(task -> flights() < model.maxParallel())
        .filter(
            task -> {
              int familiar = model.tasks().get(task).familiar();
              return flightsOf(familiar) < model.familiars().get(familiar).instances();
            })
        .filter(this::resourcesFree)
        .boxed()
        .sorted((a, b) -> model.tasks().get(a).order() - model.tasks().get(b).order())
        .toList();
  }

  private boolean runnable(int task) {
    ScheduledTask scheduled = model.tasks().get(task);
    return status[task] == TaskStatus.BLOCKED
        && scheduled.needs().stream().allMatch(need -> status[need] == TaskStatus.SUCCEEDED)
        && ancestors[task].stream().allMatch(before -> status[before].terminal())
        && IntStream.range(0, size)
            .allMatch(
                other -> !model.barrier() || stage(other) >= stage(task)
                    || status[other].terminal());
  }

  /** For each task all that have a path to it, whatever the edges on it mean. */
  private BitSet[] ancestors() {
    BitSet[] closure = new BitSet[size];
    Arrays.setAll(closure, task -> new BitSet());
    for (int round = 0; round < size; round++) {
      for (int task = 0; task < size; task++) {
        for (int predecessor : predecessors(task)) {
          closure[task].set(predecessor);
          closure[task].or(closure[predecessor]);
        }
      }
    }
    return closure;
  }

  private List<Integer> predecessors(int task) {
    ScheduledTask scheduled = model.tasks().get(task);
    return Stream.concat(scheduled.needs().stream(), scheduled.after().stream()).toList();
  }

  /** The nearest tasks before this one that have not ended, on every path. */
  private TreeSet<Integer> blockers(int task) {
    TreeSet<Integer> blockers = new TreeSet<>();
    for (int predecessor : predecessors(task)) {
      if (status[predecessor].terminal()) {
        blockers.addAll(blockers(predecessor));
      } else {
        blockers.add(predecessor);
      }
    }
    return blockers;
  }

  private int earliestOpenStage() {
    return !model.barrier()
        ? 0
        : IntStream.range(0, size)
            .filter(task -> !status[task].terminal())
            .map(this::stage)
            .min()
            .orElse(-1);
  }

  private int stage(int task) {
    return model.tasks().get(task).stage();
  }

  private long flights() {
    return IntStream.range(0, size).filter(task -> inFlight[task]).count();
  }

  private long flightsOf(int familiar) {
    return IntStream.range(0, size)
        .filter(task -> inFlight[task] && model.tasks().get(task).familiar() == familiar)
        .count();
  }

  private void compare(ScheduleState state) {
    assertThat(state.inFlight()).isEqualTo((int) flights());
    assertThat(state.done()).isEqualTo(completed);
    assertThat(state.rollback()).isEqualTo(rollbacks.underWay());
    for (int task = 0; task < size; task++) {
      TaskStatus expected = runnable(task) ? TaskStatus.READY : status[task];
      assertThat(state.status(task)).as("status of %d", task).isEqualTo(expected);
      assertThat(state.attempts(task)).isEqualTo(attempts[task]);
      boolean idle = !expected.terminal() && expected != TaskStatus.RUNNING;
      assertThat(state.waitReason(task).isPresent()).as("reason of %d", task).isEqualTo(idle);
      if (expected == TaskStatus.BLOCKED && !blockers(task).isEmpty()) {
        assertThat(state.waitReason(task))
            .as("reason of %d", task)
            .contains(new WaitReason.Tasks(List.copyOf(blockers(task))));
      }
    }
    for (TaskStatus one : TaskStatus.values()) {
      long count = IntStream.range(0, size).filter(task -> state.status(task) == one).count();
      assertThat(state.count(one)).isEqualTo((int) count);
    }
  }
}
