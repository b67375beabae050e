package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.schedule.Decision.Complete;
import io.archmage.schedule.Decision.Dispatch;
import io.archmage.schedule.Decision.Fail;
import io.archmage.schedule.Decision.Skip;
import io.archmage.schedule.Decision.WaitUntil;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerFailureTest {

  @Test
  void shouldRetryAfterADelayUntilRetriesAreExhausted() {
    Play play = Play.started(model().retry(2, Duration.ofSeconds(5), 2.0).task("a"));
    assertThat(play.fail(0)).containsExactly(new WaitUntil(0, Play.START.plusSeconds(5)));
    assertThat(play.status(0)).isEqualTo(TaskStatus.WAITING);
    assertThat(play.state().inFlight()).isZero();
    play.pass(Duration.ofSeconds(5));
    assertThat(play.timeReached(0)).containsExactly(new Dispatch(0, 2, false));
    assertThat(play.timeReached(0)).isEmpty();
    assertThat(play.fail(0)).containsExactly(new WaitUntil(0, Play.START.plusSeconds(15)));
    play.pass(Duration.ofSeconds(10));
    assertThat(play.timeReached(0)).containsExactly(new Dispatch(0, 3, false));
    assertThat(play.fail(0)).containsExactly(new Fail(0), new Complete());
  }

  @Test
  void shouldNotRetryWhatCannotBeHelped() {
    Play play = Play.started(model().task("a"));
    assertThat(play.failForGood(0)).containsExactly(new Fail(0), new Complete());
  }

  @Test
  void shouldSkipAllThatNeedsAFailedTaskInDeclaredOrder() {
    Play play =
        Play.started(
            model()
                .task("far")
                .needs(2)
                .task("root")
                .task("near")
                .needs(1, 4)
                .task("both")
                .needs(1, 2)
                .task("other")
                .task("follower")
                .after(3));
    assertThat(play.failForGood(1))
        .containsExactly(
            new Fail(1),
            new Skip(0, 2),
            new Skip(2, 1),
            new Skip(3, 1));
    assertThat(play.state().skippedBecause(0)).hasValue(2);
    assertThat(play.state().skippedBecause(1)).isEmpty();
    assertThat(play.finish(4)).containsExactly(new Dispatch(5, 1, false));
  }

  @Test
  void shouldKeepTheReasonOfASkipWhenAnotherNeedFailsLater() {
    Play play = Play.started(model().task("a").task("b").task("c").needs(0, 1));
    assertThat(play.failForGood(1)).containsExactly(new Fail(1), new Skip(2, 1));
    assertThat(play.failForGood(0)).containsExactly(new Fail(0), new Complete());
    assertThat(play.state().skippedBecause(2)).hasValue(1);
  }

  @Test
  void shouldNotLetASkippedTaskOvertakeWhatItFollows() {
    Play play =
        Play.started(
            model().task("i").task("m").task("k").needs(1).after(0).task("j").after(2));
    assertThat(play.failForGood(1)).containsExactly(new Fail(1), new Skip(2, 1));
    assertThat(play.status(2)).isEqualTo(TaskStatus.SKIPPED);
    assertThat(play.status(3)).isEqualTo(TaskStatus.BLOCKED);
    assertThat(play.state().waitReason(3)).contains(new WaitReason.Tasks(List.of(0)));
    assertThat(play.succeed(0)).containsExactly(new Decision.Integrate(0, 1));
    assertThat(play.integrate(0)).containsExactly(new Dispatch(3, 1, false));
    assertThat(play.finish(3)).containsExactly(new Complete());
  }

  @Test
  void shouldKeepTheOrderAlongAChainOfSkippedTasks() {
    Play play =
        Play.started(
            model()
                .task("last")
                .after(1)
                .task("skipped after a skipped one")
                .needs(3)
                .after(2)
                .task("skipped with a blocked need")
                .needs(3, 5)
                .task("fails")
                .task("runs")
                .task("blocked")
                .needs(4));
    assertThat(play.failForGood(3))
        .containsExactly(new Fail(3), new Skip(1, 3), new Skip(2, 3));
    assertThat(play.state().waitReason(0)).contains(new WaitReason.Tasks(List.of(5)));
    assertThat(play.finish(4)).containsExactly(new Dispatch(5, 1, false));
    assertThat(play.status(0)).isEqualTo(TaskStatus.BLOCKED);
    assertThat(play.failForGood(5)).containsExactly(new Fail(5), new Dispatch(0, 1, false));
  }

  @Test
  void shouldCompleteWhenOnlySkippedTasksFollowTheLastOneToEnd() {
    Play play =
        Play.started(model().task("a").task("b").task("c").needs(1).after(0).task("d").needs(2));
    assertThat(play.failForGood(1))
        .containsExactly(new Fail(1), new Skip(2, 1), new Skip(3, 2));
    assertThat(play.finish(0)).containsExactly(new Complete());
  }

  @Test
  void shouldDeferWithoutConsumingARetry() {
    Play play = Play.started(model().retry(1, Duration.ofSeconds(5), 1.0).task("a"));
    Instant until = Play.START.plusSeconds(60);
    assertThat(play.defer(0, until)).containsExactly(new WaitUntil(0, until));
    play.pass(Duration.ofSeconds(60));
    assertThat(play.timeReached(0)).containsExactly(new Dispatch(0, 2, false));
    assertThat(play.fail(0)).containsExactly(new WaitUntil(0, until.plusSeconds(5)));
    play.pass(Duration.ofSeconds(5));
    assertThat(play.timeReached(0)).containsExactly(new Dispatch(0, 3, false));
    assertThat(play.fail(0)).containsExactly(new Fail(0), new Complete());
  }

  @Test
  void shouldWaitOnWhenTheTimerComesTooEarly() {
    Play play = Play.started(model().task("a"));
    Instant until = Play.START.plusSeconds(60);
    play.defer(0, until);
    play.pass(Duration.ofSeconds(59));
    assertThat(play.timeReached(0)).containsExactly(new WaitUntil(0, until));
    assertThat(play.status(0)).isEqualTo(TaskStatus.WAITING);
  }

  @Test
  void shouldRoundATimeUpToMilliseconds() {
    Play play = Play.started(model().task("a"));
    assertThat(play.defer(0, Play.START.plusNanos(1_000_001)))
        .containsExactly(new WaitUntil(0, Play.START.plusMillis(2)));
  }

  @Test
  void shouldRunAgainAtOnceAfterAConflictAndFailAfterASecond() {
    Play play =
        Play.started(model().retry(1, Duration.ofSeconds(5), 1.0).task("a").task("b").needs(0));
    play.succeed(0);
    assertThat(play.conflict(0)).containsExactly(new Dispatch(0, 2, true));
    assertThat(play.conflict(0)).isEmpty();
    assertThat(play.fail(0)).hasExactlyElementsOfTypes(WaitUntil.class);
    play.pass(Duration.ofSeconds(5));
    assertThat(play.timeReached(0)).containsExactly(new Dispatch(0, 3, true));
    play.succeed(0);
    assertThat(play.conflict(0)).containsExactly(new Fail(0), new Skip(1, 0), new Complete());
  }

  @Test
  void shouldQueueARerunWhenNoSlotIsFree() {
    Play play = Play.started(model().maxParallel(1).task("a").task("b"));
    play.succeed(0);
    assertThat(play.conflict(0)).isEmpty();
    assertThat(play.status(0)).isEqualTo(TaskStatus.READY);
    assertThat(play.succeed(1))
        .containsExactly(new Decision.Integrate(1, 1), new Dispatch(0, 2, true));
  }

  @Test
  void shouldFailWhenIntegrationFails() {
    Play play = Play.started(model().task("a").task("b").needs(0));
    play.succeed(0);
    assertThat(play.breakIntegration(0))
        .containsExactly(new Fail(0), new Skip(1, 0), new Complete());
  }

  @Test
  void shouldIgnoreWhatDoesNotFitTheTask() {
    Play play = Play.started(model().task("a").task("b").needs(0));
    assertThat(play.integrate(0)).isEmpty();
    assertThat(play.conflict(0)).isEmpty();
    assertThat(play.breakIntegration(0)).isEmpty();
    assertThat(play.fail(1)).isEmpty();
    assertThat(play.defer(1, Play.START)).isEmpty();
    assertThat(play.timeReached(1)).isEmpty();
    assertThat(play.start()).isEmpty();
    assertThat(play.status(0)).isEqualTo(TaskStatus.RUNNING);
    assertThat(play.status(1)).isEqualTo(TaskStatus.BLOCKED);
  }
}
