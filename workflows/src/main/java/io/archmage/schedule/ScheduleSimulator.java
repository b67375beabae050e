package io.archmage.schedule;

import io.archmage.schedule.Simulation.SimulatedAttempt;
import io.archmage.schedule.Simulation.SimulatedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Plays a run by discrete events with the scheduler of real runs: every attempt takes its task's
 * estimate, integration takes no time. An attempt counts as one call and, since nothing is known of
 * that beforehand, as no tokens.
 *
 * <p>What ends at the same instant is reported together, so that a slot which becomes free goes to
 * the first in order of all tasks that are ready at that instant.
 */
public final class ScheduleSimulator {
  private static final Instant START = Instant.EPOCH;

  private final ScheduleModel model;
  private final Outcomes outcomes;
  private final TreeMap<Instant, List<SchedulerEvent>> agenda = new TreeMap<>();
  private final List<SimulatedAttempt> attempts = new ArrayList<>();
  private ScheduleState state;
  private int maxParallelism;

  private ScheduleSimulator(ScheduleModel model, Outcomes outcomes) {
    this.model = model;
    this.outcomes = outcomes;
    this.state = ScheduleState.initial(model);
  }

  /** Decides how attempts end. */
  @FunctionalInterface
  public interface Outcomes {

    /**
     * How this attempt ends; deterministic if the simulation shall be. A task that defers for ever
     * never ends, nor does the simulation.
     *
     * @param task index of the task
     * @param attempt 1 for the task's first
     */
    SimulatedOutcome of(int task, int attempt);
  }

  /** A run in which every attempt succeeds. */
  public static Simulation simulate(ScheduleModel model) {
    return simulate(model, (task, attempt) -> new SimulatedOutcome.Succeeds());
  }

  /**
   * A run with the given outcomes.
   *
   * @throws IllegalArgumentException as for {@link ScheduleState#initial}
   */
  public static Simulation simulate(ScheduleModel model, Outcomes outcomes) {
    return new ScheduleSimulator(model, outcomes).run();
  }

  private Simulation run() {
    schedule(START, new SchedulerEvent.RunStarted(START));
    while (!agenda.isEmpty()) {
      var due = agenda.pollFirstEntry();
      Transition transition = Scheduler.next(state, due.getValue());
      state = transition.state();
      maxParallelism = Math.max(maxParallelism, state.inFlight());
      transition.decisions().forEach(decision -> carryOut(decision, due.getKey()));
    }
    return new Simulation(
        tasks(),
        attempts,
        attempts.stream()
            .map(SimulatedAttempt::finish)
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b),
        maxParallelism);
  }

  private void carryOut(Decision decision, Instant now) {
    switch (decision) {
      case Decision.Dispatch dispatch -> attempt(dispatch.task(), dispatch.attempt(), now);
      case Decision.WaitUntil wait -> {
        Instant at = wait.at().isBefore(now) ? now : wait.at();
        schedule(at, new SchedulerEvent.TimeReached(wait.task(), at));
      }
      case Decision.WaitForRate wait ->
        schedule(wait.at(), new SchedulerEvent.RateReached(wait.at(), wait.at()));
      case Decision.WaitForHold wait ->
        schedule(wait.at(), new SchedulerEvent.HoldReached(wait.at(), wait.at()));
      case Decision.Rollback rollback ->
        schedule(now, new SchedulerEvent.RolledBack(rollback.number(), now));
      case Decision.Integrate integrated -> {}
      case Decision.Checkpoint recorded -> {}
      case Decision.Fail failed -> {}
      case Decision.Skip skipped -> {}
      case Decision.AskPerson asked -> {}
      case Decision.CancelAttempt cancelled -> {}
      case Decision.Complete completed -> {}
    }
  }

  private void attempt(int task, int attempt, Instant now) {
    Instant end = now.plus(model.tasks().get(task).estimate());
    attempts.add(
        new SimulatedAttempt(
            task, attempt, Duration.between(START, now), Duration.between(START, end)));
    switch (outcomes.of(task, attempt)) {
      case SimulatedOutcome.Succeeds succeeds -> {
        schedule(end, new SchedulerEvent.AttemptSucceeded(task, end));
        schedule(end, new SchedulerEvent.Integrated(task, end));
      }
      case SimulatedOutcome.Conflicts conflicts -> {
        schedule(end, new SchedulerEvent.AttemptSucceeded(task, end));
        schedule(end, new SchedulerEvent.Conflicted(task, end));
      }
      case SimulatedOutcome.Fails fails ->
        schedule(end, new SchedulerEvent.AttemptFailed(task, fails.retryable(), end));
      case SimulatedOutcome.Defers defers ->
        schedule(
            end, new SchedulerEvent.AttemptDeferred(task, end.plus(defers.pause()), end));
    }
  }

  private void schedule(Instant at, SchedulerEvent event) {
    agenda.computeIfAbsent(at, instant -> new ArrayList<>()).add(event);
  }

  private List<SimulatedTask> tasks() {
    Duration[] starts = new Duration[model.tasks().size()];
    Duration[] finishes = new Duration[model.tasks().size()];
    for (SimulatedAttempt attempt : attempts) {
      if (starts[attempt.task()] == null) {
        starts[attempt.task()] = attempt.start();
      }
      finishes[attempt.task()] = attempt.finish();
    }
    return IntStream.range(0, starts.length)
        .mapToObj(task -> new SimulatedTask(state.status(task), starts[task], finishes[task]))
        .toList();
  }
}
