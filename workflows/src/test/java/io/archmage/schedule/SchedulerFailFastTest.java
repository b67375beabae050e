package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.schedule.Decision.CancelAttempt;
import io.archmage.schedule.Decision.Complete;
import io.archmage.schedule.Decision.Fail;
import io.archmage.schedule.Decision.Integrate;
import io.archmage.schedule.Decision.Skip;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchedulerFailFastTest {

  @Test
  void shouldStopWhatRunsAndSkipTheRestAtTheFirstFinalFailure() {
    Play play =
        Play.started(
            model()
                .failFast()
                .maxParallel(3)
                .task("fails")
                .task("runs")
                .task("is merged")
                .task("ready")
                .task("dependent")
                .needs(0)
                .task("later")
                .needs(3));
    play.succeed(2);

    assertThat(play.failForGood(0))
        .containsExactly(
            new Fail(0), new Skip(4, 0), new Skip(5, 0), new CancelAttempt(1),
            new CancelAttempt(3));
    assertThat(play.state().stoppedBy()).hasValue(0);
    assertThat(play.state().cancelling()).isFalse();
    assertThat(play.state().skippedBecause(5)).hasValue(0);
    assertThat(play.integrate(2)).isEmpty();
    assertThat(play.stopped(1)).isEmpty();
    assertThat(play.succeed(3)).containsExactly(new Integrate(3, 1));
    assertThat(play.integrate(3)).containsExactly(new Complete());
    assertThat(play.status(1)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(play.status(2)).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(play.status(3)).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void shouldRetryFirst() {
    Play play =
        Play.started(
            model().failFast().retry(1, Duration.ofSeconds(5), 1).task("a").task("b"));
    assertThat(play.fail(0))
        .containsExactly(new Decision.WaitUntil(0, Play.START.plusSeconds(5)));
    play.pass(Duration.ofSeconds(5)).timeReached(0);

    assertThat(play.fail(0)).containsExactly(new Fail(0), new CancelAttempt(1));
  }

  @Test
  void shouldSkipATaskThatWaitsForItsRetryAndThoseOfLaterStages() {
    Play play =
        Play.started(
            model()
                .failFast()
                .barrier()
                .task("retried")
                .task("fails")
                .task("later stage")
                .stage(1));
    play.fail(0);

    assertThat(play.failForGood(1))
        .containsExactly(new Fail(1), new Skip(0, 1), new Skip(2, 1), new Complete());
    assertThat(play.pass(Duration.ofSeconds(5)).timeReached(0)).isEmpty();
  }

  @Test
  void shouldEndWhatFailsInTheRaceAsStopped() {
    Play play = Play.started(model().failFast().task("a").task("b").task("c"));
    play.failForGood(0);

    assertThat(play.failForGood(1)).isEmpty();
    assertThat(play.defer(2, Play.START.plusSeconds(9))).containsExactly(new Complete());
    assertThat(play.status(1)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(play.status(2)).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void shouldAskOnlyOnceToStopWhenTheRunIsCancelledToo() {
    Play play = Play.started(model().failFast().task("a").task("b"));
    play.failForGood(0);

    assertThat(play.cancel()).isEmpty();
    assertThat(play.state().cancelling()).isTrue();
    assertThat(play.stopped(1)).containsExactly(new Complete());
  }

  @Test
  void shouldGoOnAfterAFailureUnlessAsked() {
    Play play = Play.started(model().task("a").task("b").task("c").needs(0));

    assertThat(play.failForGood(0)).containsExactly(new Fail(0), new Skip(2, 0));
    assertThat(play.state().stoppedBy()).isEmpty();
  }
}
