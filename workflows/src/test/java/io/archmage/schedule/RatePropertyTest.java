package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.ConflictPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random plans with random limits of every kind at once; the name of a case is its first seed. */
class RatePropertyTest {
  private static final int SEEDS_PER_BLOCK = 50;

  @ParameterizedTest(name = "seeds {0} to {0} + 49")
  @MethodSource("blocks")
  void shouldKeepEveryLimitAtEveryInstantAndEndEveryTask(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + SEEDS_PER_BLOCK; seed++) {
      try {
        new Run(seed).play();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }

  @ParameterizedTest(name = "seeds {0} to {0} + 49")
  @MethodSource("blocks")
  void shouldStayAboveTheLowerBound(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + SEEDS_PER_BLOCK; seed++) {
      ScheduleModel model = model(new SplittableRandom(seed));
      List<Duration> runTimes = model.tasks().stream().map(ScheduledTask::estimate).toList();
      Simulation simulation = ScheduleSimulator.simulate(model);
      assertThat(simulation.tasks()).allMatch(task -> task.status() == TaskStatus.SUCCEEDED);
      assertThat(LowerBound.of(model, runTimes).value())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(simulation.makespan());
    }
  }

  static LongStream blocks() {
    return LongStream.range(0, 10).map(block -> block * SEEDS_PER_BLOCK);
  }

  private static ScheduleModel model(SplittableRandom random) {
    List<FamiliarCap> familiars = new ArrayList<>();
    TreeMap<Integer, Rate> rates = new TreeMap<>();
    int count = 1 + random.nextInt(4);
    for (int familiar = 0; familiar < count; familiar++) {
      familiars.add(new FamiliarCap("f" + familiar, 1 + random.nextInt(4)));
      if (random.nextInt(4) > 0) {
        RateUnit unit = random.nextInt(3) == 0 ? RateUnit.SECOND : RateUnit.MINUTE;
        rates.put(familiar, new Rate(1 + random.nextInt(6), unit));
      }
    }
    List<ScheduledTask> tasks = new ArrayList<>();
    int size = random.nextInt(40);
    for (int task = 0; task < size; task++) {
      tasks.add(
          new ScheduledTask(
              "t" + task,
              random.nextInt(count),
              task > 0 && random.nextInt(4) == 0 ? List.of(random.nextInt(task)) : List.of(),
              List.of(),
              0,
              size - task,
              Duration.ofMillis(random.nextInt(3_000))));
    }
    return new ScheduleModel(
        tasks,
        familiars,
        1 + random.nextInt(6),
        false,
        new RetryRule(2, Duration.ofMillis(random.nextInt(2_000)), 1),
        new RateLimits(
            rates,
            random.nextBoolean() ? null : (Integer) (1 + random.nextInt(8)),
            random.nextBoolean() ? null : (Long) (1L + random.nextInt(100_000))),
        random.nextInt(8) == 0,
        new PersonRule(ConflictPolicy.RERUN, random.nextInt(4) == 0),
        new RollbackRule(true, random.nextBoolean()),
        List.of());
  }

  /** One run with its troubles, watched step by step. */
  private static final class Run {
    private final SplittableRandom random;
    private final ScheduleModel model;
    private final RateRecount recount;
    private final TreeMap<Instant, List<SchedulerEvent>> agenda = new TreeMap<>();
    private final int[] busy;
    private ScheduleState state;
    private @Nullable Instant wake;

    Run(long seed) {
      random = new SplittableRandom(seed);
      model = model(random.split());
      recount = new RateRecount(model);
      busy = new int[model.familiars().size()];
      state = ScheduleState.initial(model);
    }

    void play() {
      schedule(Instant.EPOCH, new SchedulerEvent.RunStarted(Instant.EPOCH));
      int steps = 0;
      boolean complete = false;
      while (!agenda.isEmpty()) {
        assertThat(steps++).as("steps").isLessThan(20_000);
        Instant now = agenda.firstKey();
        List<SchedulerEvent> events = agenda.pollFirstEntry().getValue();
        events.forEach(this::observe);
        Transition transition = Scheduler.next(state, events);
        state = transition.state();
        for (Decision decision : transition.decisions()) {
          assertThat(complete).as("a decision after the last").isFalse();
          complete |= decision instanceof Decision.Complete;
          carryOut(decision, now);
        }
        checkNothingIdles(now);
      }
      assertThat(complete).as("complete").isTrue();
      assertThat(model.tasks()).hasSize((int) countTerminal());
    }

    private long countTerminal() {
      return IntStream.range(0, model.tasks().size())
          .filter(task -> state.status(task).terminal())
          .count();
    }

    private void observe(SchedulerEvent event) {
      switch (event) {
        case SchedulerEvent.AttemptUsed used -> recount.told(used);
        case SchedulerEvent.AttemptSucceeded e -> release(e.task());
        case SchedulerEvent.AttemptFailed e -> release(e.task());
        case SchedulerEvent.AttemptDeferred e -> release(e.task());
        case SchedulerEvent.AttemptCancelled e -> release(e.task());
        case SchedulerEvent.StartBlocked e -> release(e.task());
        case SchedulerEvent.RateReached e -> wake = e.until().equals(wake) ? null : wake;
        case SchedulerEvent.HoldReached e -> {}
        case SchedulerEvent.RunStarted e -> {}
        case SchedulerEvent.Integrated e -> {}
        case SchedulerEvent.Conflicted e -> {}
        case SchedulerEvent.IntegrationFailed e -> {}
        case SchedulerEvent.RolledBack e -> {}
        case SchedulerEvent.RollbackStopped e -> {}
        case SchedulerEvent.TimeReached e -> {}
        case SchedulerEvent.PersonResolved e -> {}
        case SchedulerEvent.PersonRetries e -> {}
        case SchedulerEvent.PersonSkips e -> {}
        case SchedulerEvent.PersonRejects e -> {}
        case SchedulerEvent.CancelRequested e -> {}
      }
    }

    private void answer(int task, Instant at) {
      schedule(at.plusMillis(1), new SchedulerEvent.Integrated(task, at.plusMillis(1)));
      schedule(
          at,
          switch (random.nextInt(4)) {
            case 0 -> new SchedulerEvent.PersonSkips(task, at);
            case 1 -> new SchedulerEvent.PersonRejects(task, at);
            case 2 -> new SchedulerEvent.PersonResolved(task, at);
            default -> new SchedulerEvent.PersonRetries(task, at);
          });
    }

    private void release(int task) {
      busy[model.tasks().get(task).familiar()]--;
      recount.ended(task);
    }

    private void carryOut(Decision decision, Instant now) {
      switch (decision) {
        case Decision.Dispatch dispatch -> {
          int familiar = model.tasks().get(dispatch.task()).familiar();
          recount.dispatched(dispatch.task(), now);
          assertThat(++busy[familiar])
              .as("instances")
              .isLessThanOrEqualTo(model.familiars().get(familiar).instances());
          assertThat(Arrays.stream(busy).sum())
              .as("slots")
              .isLessThanOrEqualTo(model.maxParallel());
          attempt(dispatch.task(), now);
        }
        case Decision.WaitForRate wait -> {
          assertThat(wait.at()).isAfter(now);
          wake = wait.at();
          schedule(wait.at(), new SchedulerEvent.RateReached(wait.at(), wait.at()));
        }
        case Decision.WaitForHold wait -> throw new AssertionError("no slot is left: " + wait);
        case Decision.WaitUntil wait -> {
          Instant at = wait.at().isBefore(now) ? now : wait.at();
          schedule(at, new SchedulerEvent.TimeReached(wait.task(), at));
        }
        case Decision.AskPerson ask -> answer(ask.task(), now.plusMillis(random.nextInt(2_000)));
        case Decision.Rollback rollback -> {
          Instant at = now.plusMillis(random.nextInt(500));
          schedule(at, new SchedulerEvent.RolledBack(rollback.number(), at));
        }
        case Decision.Checkpoint checkpoint -> {}
        case Decision.CancelAttempt cancel -> {}
        case Decision.Integrate integrate -> {}
        case Decision.Fail fail -> {}
        case Decision.Skip skip -> {}
        case Decision.Complete complete -> {}
      }
    }

    private void attempt(int task, Instant now) {
      Instant started = now.plusMillis(random.nextInt(400));
      Instant end = started.plusMillis(random.nextInt(10) == 0 ? 70_000 : random.nextInt(2_000));
      int fate = random.nextInt(20);
      if (random.nextInt(5) > 0) {
        schedule(
            end,
            new SchedulerEvent.AttemptUsed(
                task,
                random.nextInt(5) == 0 ? null : started,
                random.nextInt(4),
                random.nextInt(40_000),
                end));
      }
      if (fate < 3) {
        schedule(end, new SchedulerEvent.AttemptFailed(task, fate > 0, end));
      } else if (fate < 5) {
        schedule(end, new SchedulerEvent.AttemptDeferred(task, end.plusMillis(700), end));
      } else {
        schedule(end, new SchedulerEvent.AttemptSucceeded(task, end));
        schedule(
            end,
            fate < 7
                ? new SchedulerEvent.Conflicted(task, end)
                : new SchedulerEvent.Integrated(task, end));
      }
    }

    /** Whatever is ready and has a slot and an instance is held back by a limit, and not for ever. */
    private void checkNothingIdles(Instant now) {
      for (int task = 0; task < model.tasks().size(); task++) {
        int familiar = model.tasks().get(task).familiar();
        if (state.status(task) == TaskStatus.READY
            && state.rollback().isEmpty()
            && state.inFlight() < model.maxParallel()
            && busy[familiar] < model.familiars().get(familiar).instances()) {
          assertThat(recount.admits(familiar, now)).as("task %d could start", task).isFalse();
          WaitReason.Rate reason = (WaitReason.Rate) state.waitReason(task).orElseThrow();
          assertThat(reason.until()).isAfter(now);
          assertThat(recount.admits(familiar, reason.until())).as("next start").isTrue();
          assertThat(recount.admits(familiar, reason.until().minusMillis(1))).isFalse();
          assertThat(wake).isNotNull().isBeforeOrEqualTo(reason.until());
        }
      }
    }

    private void schedule(Instant at, SchedulerEvent event) {
      agenda.computeIfAbsent(at, instant -> new ArrayList<>()).add(event);
    }
  }
}
