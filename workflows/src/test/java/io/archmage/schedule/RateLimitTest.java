package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.archmage.schedule.Decision.Dispatch;
import io.archmage.schedule.Decision.WaitForRate;
import io.archmage.schedule.SchedulerEvent.AttemptUsed;
import io.archmage.schedule.SchedulerEvent.RateReached;
import io.archmage.schedule.Simulation.SimulatedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final Instant START = Play.START;

  @Test
  void shouldStartTheEleventhOfTenPerMinuteAMinuteAfterTheFirst() {
    ModelBuilder plan = model().familiar("codex", 3).rate(10, RateUnit.MINUTE).maxParallel(4);
    IntStream.range(0, 11).forEach(i -> plan.task("T" + i).seconds(0));

    List<Duration> starts = starts(plan);

    assertThat(starts.subList(0, 10)).containsOnly(Duration.ZERO);
    assertThat(starts.get(10)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void shouldKeepTheCallsOfAllFamiliarsWhereTheirOwnRatesAddUpToMore() {
    ModelBuilder plan =
        model()
            .familiar("codex", 3)
            .rate(10, RateUnit.MINUTE)
            .familiar("gemini", 2)
            .rate(5, RateUnit.MINUTE)
            .familiar("stitch", 2)
            .rate(5, RateUnit.MINUTE)
            .familiar("reviewer", 2)
            .rate(20, RateUnit.MINUTE)
            .callsPerMinute(30)
            .maxParallel(4);
    List<Integer> counts = List.of(10, 5, 5, 20);
    for (int familiar = 0; familiar < counts.size(); familiar++) {
      for (int i = 0; i < counts.get(familiar); i++) {
        plan.task("f" + familiar + "-" + i).by(familiar).seconds(0);
      }
    }

    List<Duration> starts = starts(plan);

    assertThat(starts).hasSize(40);
    assertThat(starts.subList(0, 30)).allMatch(at -> at.toSeconds() < 60);
    assertThat(starts.subList(30, 40)).allMatch(at -> at.toSeconds() >= 60);
  }

  @Test
  void shouldSlideAndNotCountWholeMinutes() {
    ModelBuilder plan =
        model().familiar("codex", 1).rate(2, RateUnit.MINUTE).maxParallel(1);
    plan.task("a").seconds(50).task("b").seconds(15).task("c").seconds(1).task("d").seconds(1);

    assertThat(starts(plan))
        .containsExactly(
            Duration.ZERO,
            Duration.ofSeconds(50),
            Duration.ofSeconds(65),
            Duration.ofSeconds(110));
  }

  @Test
  void shouldLetAnotherFamiliarPassOneThatWaits() {
    Play play =
        new Play(
            model()
                .familiar("codex", 5)
                .rate(1, RateUnit.HOUR)
                .familiar("gemini", 5)
                .task("first")
                .task("held back")
                .task("passes")
                .by(1));

    assertThat(play.start())
        .containsExactly(
            new Dispatch(0, 1, false),
            new Dispatch(2, 1, false),
            new WaitForRate(1, codex(1, RateUnit.HOUR), START.plusSeconds(3600)));
    assertThat(play.state().waitReason(1))
        .contains(
            new WaitReason.Rate(codex(1, RateUnit.HOUR), START.plusSeconds(3600)));
    assertThat(play.status(1)).isEqualTo(TaskStatus.READY);
    assertThat(play.state().attempts(1)).isZero();
    assertThat(play.state().inFlight()).isEqualTo(2);
  }

  @Test
  void shouldAskToBeWokenOnceAndGoOnThen() {
    Play play = new Play(twoTasks(RateUnit.MINUTE));
    assertThat(play.start()).hasSize(2);
    Instant until = START.plusSeconds(60);

    assertThat(play.pass(Duration.ofSeconds(5)).finish(0)).isEmpty();
    assertThat(play.pass(Duration.ofSeconds(55)).send(new RateReached(until, until)))
        .containsExactly(new Dispatch(1, 1, false));
    assertThat(play.send(new RateReached(until, until))).isEmpty();
  }

  @Test
  void shouldAskAgainWhenWokenTooEarly() {
    Play play = new Play(twoTasks(RateUnit.MINUTE));
    play.start();
    Instant until = START.plusSeconds(60);

    assertThat(play.send(new RateReached(until, until.minusMillis(1))))
        .containsExactly(new WaitForRate(1, codex(1, RateUnit.MINUTE), until));
    assertThat(play.send(new RateReached(until, until)))
        .containsExactly(new Dispatch(1, 1, false));
  }

  @Test
  void shouldAskToBeWokenSoonerWhereAnotherTaskWaitsLess() {
    Play play =
        new Play(
            model()
                .familiar("codex", 5)
                .rate(1, RateUnit.HOUR)
                .familiar("gemini", 5)
                .rate(1, RateUnit.SECOND)
                .task("a")
                .task("b")
                .task("c")
                .by(1)
                .task("d")
                .by(1)
                .needs(2));
    assertThat(play.start())
        .contains(new WaitForRate(1, codex(1, RateUnit.HOUR), START.plusSeconds(3600)));

    play.pass(Duration.ofMillis(200)).succeed(2);

    assertThat(play.integrate(2))
        .containsExactly(
            new WaitForRate(
                3,
                new RateLimit.Starts("gemini", new Rate(1, RateUnit.SECOND)),
                START.plusSeconds(1)));
  }

  @Test
  void shouldNotWaitForARateWhereASlotOrAnInstanceIsWhatLacks() {
    Play slots = new Play(twoTasks(RateUnit.MINUTE).maxParallel(1));
    assertThat(slots.start()).containsExactly(new Dispatch(0, 1, false));
    assertThat(slots.state().waitReason(1)).contains(new WaitReason.Slot(1));

    Play instances =
        new Play(
            model().familiar("codex", 1).rate(1, RateUnit.MINUTE).task("a").task("b"));
    assertThat(instances.start()).containsExactly(new Dispatch(0, 1, false));
    assertThat(instances.state().waitReason(1)).contains(new WaitReason.Instance("codex", 1));
  }

  @Test
  void shouldCountRetriesDeferralsAndReruns() {
    Play play =
        new Play(
            model()
                .retry(2, Duration.ofSeconds(1), 1)
                .familiar("codex", 5)
                .rate(4, RateUnit.MINUTE)
                .task("a")
                .task("b")
                .task("c"));
    play.start();
    play.fail(0);
    play.defer(1, START.plusSeconds(2));
    play.succeed(2);
    assertThat(play.conflict(2)).containsExactly(new Dispatch(2, 2, true));

    play.pass(Duration.ofSeconds(1)).timeReached(0);
    assertThat(play.status(0)).isEqualTo(TaskStatus.READY);
    assertThat(play.state().attempts(0)).isEqualTo(1);
    assertThat(play.pass(Duration.ofSeconds(1)).timeReached(1)).isEmpty();
  }

  @Test
  void shouldCountAStartFromWhenItsProcessStarted() {
    Play play = new Play(twoTasks(RateUnit.MINUTE));
    play.start();
    Instant until = START.plusSeconds(60);
    Instant started = START.plusSeconds(9);
    play.pass(Duration.ofSeconds(10)).send(new AttemptUsed(0, started, 0, 0, at(10)));
    play.finish(0);

    assertThat(play.send(new RateReached(until, until)))
        .containsExactly(
            new WaitForRate(1, codex(1, RateUnit.MINUTE), started.plusSeconds(60)));
  }

  @Test
  void shouldNotTrustAHostsClockBeyondTheAttempt() {
    Play play = new Play(twoTasks(RateUnit.MINUTE));
    play.start();
    play.send(new AttemptUsed(0, START.plusSeconds(99), 0, 0, at(10)));

    assertThat(play.state().waitReason(1))
        .contains(new WaitReason.Rate(codex(1, RateUnit.MINUTE), at(70)));

    Play behind = new Play(twoTasks(RateUnit.MINUTE));
    behind.start();
    behind.send(new AttemptUsed(0, START.minusSeconds(99), 0, 0, at(10)));

    assertThat(behind.state().waitReason(1))
        .contains(new WaitReason.Rate(codex(1, RateUnit.MINUTE), at(60)));
  }

  @Test
  void shouldCountReportedCallsBeyondTheFirstAtTheEnd() {
    Play play =
        new Play(
            model().callsPerMinute(5).task("a").task("b").needs(0).task("c").needs(0));
    play.start();
    play.send(new AttemptUsed(0, null, 4, 0, at(10)));
    play.send(new AttemptUsed(0, null, 4, 0, at(10)));
    play.succeed(0);

    assertThat(play.integrate(0))
        .containsExactly(
            new Dispatch(1, 1, false),
            new WaitForRate(2, new RateLimit.Calls(5), at(60)));
  }

  @Test
  void shouldLetThreeOfFourStartWhereTheFourthWouldPassTheTokens() {
    Play play =
        new Play(
            model()
                .tokensPerMinute(100_000)
                .task("tells what it uses")
                .task("a")
                .needs(0)
                .task("b")
                .needs(0)
                .task("c")
                .needs(0)
                .task("d")
                .needs(0));
    play.start();
    play.send(new AttemptUsed(0, null, 1, 30_000, at(5)));
    play.succeed(0);
    play.send(new SchedulerEvent.Integrated(0, at(66)));

    assertThat(play.state().count(TaskStatus.RUNNING)).isEqualTo(3);
    assertThat(play.state().waitReason(4))
        .contains(new WaitReason.Rate(new RateLimit.Tokens(100_000), at(126)));
    assertThat(play.send(new RateReached(at(126), at(126))))
        .containsExactly(new Dispatch(4, 1, false));
  }

  @Test
  void shouldFreeTokensThatAnAttemptReservedButDidNotUse() {
    Play play =
        new Play(
            model().tokensPerMinute(100).task("a").task("b").needs(0).task("c").needs(0));
    play.start();
    play.send(new AttemptUsed(0, null, 1, 60, at(0)));
    play.succeed(0);
    play.send(new SchedulerEvent.Integrated(0, at(60)));
    assertThat(play.status(2)).isEqualTo(TaskStatus.READY);

    assertThat(play.send(new AttemptUsed(1, null, 1, 40, at(61))))
        .containsExactly(new Dispatch(2, 1, false));
  }

  @Test
  void shouldStartWhatAloneNeedsMoreThanTheTokensOnceNothingElseCounts() {
    Play play =
        new Play(model().tokensPerMinute(100).task("a").task("b").needs(0).task("c").needs(0));
    play.start();
    play.send(new AttemptUsed(0, null, 1, Long.MAX_VALUE, at(0)));
    play.succeed(0);
    assertThat(play.integrate(0))
        .containsExactly(new WaitForRate(1, new RateLimit.Tokens(100), at(60)));

    assertThat(play.send(new RateReached(at(60), at(60))))
        .containsExactly(
            new Dispatch(1, 1, false),
            new WaitForRate(2, new RateLimit.Tokens(100), at(120)));
  }

  @Test
  void shouldNotCountStepsOfThePlansOwn() {
    Play play =
        new Play(
            model().familiar("archmage", 5).callsPerMinute(1).task("a").task("b").task("c"));

    assertThat(play.start()).hasSize(3).allMatch(Dispatch.class::isInstance);
  }

  @Test
  void shouldNotWaitForARateWhileTheRunIsBeingCancelled() {
    Play play = new Play(twoTasks(RateUnit.MINUTE));
    play.start();

    assertThat(play.cancel()).containsExactly(new Decision.CancelAttempt(0));
    assertThat(play.status(1)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(play.send(new RateReached(at(60), at(60)))).isEmpty();
  }

  @Test
  void shouldRefuseRatesThatAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, RateUnit.HOUR));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateLimits(new TreeMap<>(), 0, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateLimits(new TreeMap<>(), null, 0L));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model().rate(1, RateUnit.HOUR).task("a").build());
  }

  private static ModelBuilder twoTasks(RateUnit unit) {
    return model().familiar("codex", 5).rate(1, unit).task("a").task("b");
  }

  private static RateLimit codex(int starts, RateUnit unit) {
    return new RateLimit.Starts("codex", new Rate(starts, unit));
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static List<Duration> starts(ModelBuilder plan) {
    Simulation simulation = ScheduleSimulator.simulate(plan.build());
    assertThat(simulation.tasks()).allMatch(task -> task.status() == TaskStatus.SUCCEEDED);
    return simulation.attempts().stream().map(SimulatedAttempt::start).sorted().toList();
  }
}
