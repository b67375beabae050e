package io.archmage.schedule;

import io.archmage.schedule.SchedulerEvent.AttemptCancelled;
import io.archmage.schedule.SchedulerEvent.AttemptDeferred;
import io.archmage.schedule.SchedulerEvent.AttemptFailed;
import io.archmage.schedule.SchedulerEvent.AttemptSucceeded;
import io.archmage.schedule.SchedulerEvent.CancelRequested;
import io.archmage.schedule.SchedulerEvent.Conflicted;
import io.archmage.schedule.SchedulerEvent.Integrated;
import io.archmage.schedule.SchedulerEvent.IntegrationFailed;
import io.archmage.schedule.SchedulerEvent.RunStarted;
import io.archmage.schedule.SchedulerEvent.TimeReached;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Plays events one by one against the scheduler; each method returns the decisions. */
final class Play {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private ScheduleState state;
  private Instant now = START;

  Play(ModelBuilder model) {
    state = ScheduleState.initial(model.build());
  }

  /** A play whose run has begun. */
  static Play started(ModelBuilder model) {
    Play play = new Play(model);
    play.start();
    return play;
  }

  ScheduleState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  TaskStatus status(int task) {
    return state.status(task);
  }

  Play pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  List<Decision> start() {
    return send(new RunStarted(now));
  }

  List<Decision> succeed(int task) {
    return send(new AttemptSucceeded(task, now));
  }

  List<Decision> integrate(int task) {
    return send(new Integrated(task, now));
  }

  /** The attempt succeeds and is integrated; returns the decisions of the integration. */
  List<Decision> finish(int task) {
    succeed(task);
    return integrate(task);
  }

  List<Decision> fail(int task) {
    return send(new AttemptFailed(task, true, now));
  }

  List<Decision> failForGood(int task) {
    return send(new AttemptFailed(task, false, now));
  }

  List<Decision> defer(int task, Instant until) {
    return send(new AttemptDeferred(task, until, now));
  }

  List<Decision> stopped(int task) {
    return send(new AttemptCancelled(task, now));
  }

  List<Decision> conflict(int task) {
    return send(new Conflicted(task, now));
  }

  List<Decision> serialConflict(int task) {
    return send(new Conflicted(task, now, true));
  }

  List<Decision> breakIntegration(int task) {
    return send(new IntegrationFailed(task, now));
  }

  List<Decision> personResolves(int task) {
    return send(new SchedulerEvent.PersonResolved(task, now));
  }

  List<Decision> personRetries(int task) {
    return send(new SchedulerEvent.PersonRetries(task, now));
  }

  List<Decision> personSkips(int task) {
    return send(new SchedulerEvent.PersonSkips(task, now));
  }

  List<Decision> personRejects(int task) {
    return send(new SchedulerEvent.PersonRejects(task, now));
  }

  List<Decision> timeReached(int task) {
    return send(new TimeReached(task, now));
  }

  List<Decision> cancel() {
    return send(new CancelRequested(now));
  }

  List<Decision> send(SchedulerEvent event) {
    Transition transition = Scheduler.next(state, event);
    state = transition.state();
    return transition.decisions();
  }
}
