package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Plays a random case to its end under the eyes of the oracle, with repeated and late events. */
final class RandomRun {
  private static final int PATIENCE = 12;
  private static final int MOST_QUESTIONS = 6;

  private final RandomCase plan;
  private final ScheduleModel model;
  private final ScheduleOracle oracle;
  private final TreeMap<Instant, List<SchedulerEvent>> agenda = new TreeMap<>();
  private final List<Decision> log = new ArrayList<>();
  private final List<SchedulerEvent> history = new ArrayList<>();
  private final List<ScheduleState> states = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();
  private final int[] questions;
  private ScheduleState state;

  private RandomRun(RandomCase plan) {
    this.plan = plan;
    this.model = plan.model();
    this.oracle = new ScheduleOracle(model);
    this.state = ScheduleState.initial(model);
    this.questions = new int[model.tasks().size()];
  }

  /** Plays and checks; returns all decisions. */
  static List<Decision> play(RandomCase plan) {
    return new RandomRun(plan).play();
  }

  private List<Decision> play() {
    schedule(Instant.EPOCH, new SchedulerEvent.RunStarted(Instant.EPOCH));
    if (plan.cancelled()) {
      Instant at = Instant.EPOCH.plusMillis(plan.draw("cancel", 0, 0, 60));
      schedule(at, new SchedulerEvent.CancelRequested(at));
    }
    int steps = 0;
    while (!agenda.isEmpty()) {
      assertThat(steps++).as("steps").isLessThan(10_000);
      var due = agenda.pollFirstEntry();
      if (steps > 1 && plan.draw("batch", steps, 0, 3) == 0) {
        deliver(due.getValue(), due.getKey());
      } else {
        due.getValue().forEach(event -> deliver(List.of(event), due.getKey()));
      }
    }
    oracle.finish(state);
    assertThat(log.getLast()).isEqualTo(new Decision.Complete());
    assertThat(log).filteredOn(Decision.Complete.class::isInstance).hasSize(1);
    history.forEach(this::mustChangeNothing);
    for (int i = 0; i < states.size(); i++) {
      assertThat(picture(states.get(i))).as("state %d of the past", i).isEqualTo(pictures.get(i));
    }
    return log;
  }

  private void deliver(List<SchedulerEvent> events, Instant now) {
    Transition transition = Scheduler.next(state, events);
    assertThat(Scheduler.next(state, events).decisions())
        .as("the same again")
        .isEqualTo(transition.decisions());
    state = transition.state();
    oracle.observe(events, transition);
    states.add(state);
    pictures.add(picture(state));
    history.addAll(events);
    log.addAll(transition.decisions());
    if (plan.draw("repeat", history.size(), 0, 4) == 0) {
      mustChangeNothing(events.getLast());
    }
    transition.decisions().forEach(decision -> carryOut(decision, now));
  }

  private void mustChangeNothing(SchedulerEvent event) {
    Transition repeated = Scheduler.next(state, event);
    assertThat(repeated.decisions()).as("decisions for a repeated %s", event).isEmpty();
    assertThat(picture(repeated.state()))
        .as("after a repeated %s", event)
        .isEqualTo(picture(state));
  }

  private void carryOut(Decision decision, Instant now) {
    switch (decision) {
      case Decision.Dispatch dispatch -> attempt(dispatch.task(), dispatch.attempt(), now);
      case Decision.Integrate integrate -> integrate(integrate.task(), integrate.attempt(), now);
      case Decision.WaitUntil wait -> {
        Instant at = wait.at().isBefore(now) ? now : wait.at();
        schedule(at, new SchedulerEvent.TimeReached(wait.task(), at));
      }
      case Decision.AskPerson ask -> answer(ask.task(), now);
      case Decision.CancelAttempt cancel -> {
        Instant at = now.plusMillis(draw("stop", cancel.task(), 0, 8));
        schedule(at, new SchedulerEvent.AttemptCancelled(cancel.task(), at));
      }
      case Decision.WaitForRate wait ->
        throw new AssertionError("no limit over time, but " + wait);
      case Decision.WaitForHold wait ->
        schedule(wait.at(), new SchedulerEvent.HoldReached(wait.at(), wait.at()));
      case Decision.Rollback rollback -> rollBack(rollback, now);
      case Decision.Checkpoint checkpoint -> {}
      case Decision.Fail fail -> {}
      case Decision.Skip skip -> {}
      case Decision.Complete complete -> {}
    }
  }

  private void attempt(int task, int attempt, Instant now) {
    Instant end = now.plusMillis(draw("run time", task, attempt, 20));
    int fate = plan.troubled() && attempt < PATIENCE ? draw("fate", task, attempt, 100) : 99;
    if (fate < 12) {
      schedule(end, new SchedulerEvent.AttemptFailed(task, true, end));
    } else if (fate < 18) {
      schedule(end, new SchedulerEvent.AttemptFailed(task, false, end));
    } else if (fate < 27) {
      Instant until = end.plusMillis(draw("pause", task, attempt, 30) - 3);
      schedule(end, new SchedulerEvent.AttemptDeferred(task, until, end));
    } else if (fate < 29) {
      schedule(end, new SchedulerEvent.AttemptCancelled(task, end));
    } else if (fate < 33) {
      schedule(end, new SchedulerEvent.StartBlocked(task, end));
    } else {
      schedule(end, new SchedulerEvent.AttemptSucceeded(task, end));
    }
  }

  private void integrate(int task, int attempt, Instant now) {
    Instant end = now.plusMillis(draw("integration time", task, attempt, 6));
    int fate =
        plan.troubled() ? draw("merge", task, attempt * 10 + questions[task], 100) : 99;
    if (fate < 4) {
      schedule(end, SchedulerEvent.Conflicted.forAPerson(task, end));
    } else if (fate < 20) {
      schedule(end, new SchedulerEvent.Conflicted(task, end));
    } else if (fate < 24) {
      schedule(end, new SchedulerEvent.IntegrationFailed(task, end));
    } else {
      schedule(end, new SchedulerEvent.Integrated(task, end));
    }
  }

  /** A person answers after a while; one who was asked too often gives up. */
  private void answer(int task, Instant now) {
    int question = ++questions[task];
    Instant at = now.plusMillis(draw("patience", task, question, 25));
    int answer = question < MOST_QUESTIONS ? draw("answer", task, question, 6) : 0;
    schedule(
        at,
        switch (answer) {
          case 0 -> new SchedulerEvent.PersonRejects(task, at);
          case 1 -> new SchedulerEvent.PersonSkips(task, at);
          case 2, 3 -> new SchedulerEvent.PersonRetries(task, at);
          default -> new SchedulerEvent.PersonResolved(task, at);
        });
  }

  /** Most rollbacks succeed; some do not fit what came later. */
  private void rollBack(Decision.Rollback rollback, Instant now) {
    int first = rollback.tasks().getFirst();
    Instant at = now.plusMillis(draw("rollback time", first, 0, 15));
    schedule(
        at,
        draw("rollback", first, 0, 4) == 0
            ? new SchedulerEvent.RollbackStopped(rollback.number(), at)
            : new SchedulerEvent.RolledBack(rollback.number(), at));
  }

  private int draw(String purpose, int task, int attempt, int bound) {
    return plan.draw(purpose, plan.tasks().get(task).id(), attempt, bound);
  }

  private void schedule(Instant at, SchedulerEvent event) {
    agenda.computeIfAbsent(at, instant -> new ArrayList<>()).add(event);
  }

  private String picture(ScheduleState state) {
    return state.counts()
        + " "
        + state.inFlight()
        + state.done()
        + state.cancelling()
        + state.rollback()
        + IntStream.range(0, model.tasks().size())
            .mapToObj(
                task -> state.status(task)
                    + "/"
                    + state.attempts(task)
                    + state.skippedBecause(task)
                    + state.waitReason(task))
            .toList();
  }
}
