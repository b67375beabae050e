package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static io.archmage.schedule.TaskStatus.CANCELLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.schedule.Decision.CancelAttempt;
import io.archmage.schedule.Decision.Complete;
import io.archmage.schedule.Decision.Integrate;
import io.archmage.schedule.Decision.Skip;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchedulerCancelTest {

  @Test
  void shouldEndAllThatIsNotRunningAndStopWhatRuns() {
    Play play =
        Play.started(
            model()
                .maxParallel(2)
                .task("running")
                .task("waiting")
                .task("running too")
                .task("ready")
                .task("blocked")
                .needs(0)
                .task("follows a waiting one")
                .after(1));
    play.fail(1);
    assertThat(play.status(3)).isEqualTo(TaskStatus.READY);
    assertThat(play.cancel()).containsExactly(new CancelAttempt(0), new CancelAttempt(2));
    assertThat(play.state().count(CANCELLED)).isEqualTo(4);
    assertThat(play.state().readyCount()).isZero();
    assertThat(play.cancel()).isEmpty();
    assertThat(play.timeReached(1)).isEmpty();
    assertThat(play.stopped(0)).isEmpty();
    assertThat(play.stopped(2)).containsExactly(new Complete());
    assertThat(play.state().count(CANCELLED)).isEqualTo(6);
  }

  @Test
  void shouldCompleteAtOnceWhenNothingRuns() {
    Play play = Play.started(model().task("a"));
    play.fail(0);
    assertThat(play.cancel()).containsExactly(new Complete());
  }

  @Test
  void shouldIntegrateAnAttemptThatSucceedsInTheRace() {
    Play play = Play.started(model().task("a").task("b").needs(0));
    play.cancel();
    assertThat(play.succeed(0)).containsExactly(new Integrate(0, 1));
    assertThat(play.stopped(0)).isEmpty();
    assertThat(play.integrate(0)).containsExactly(new Complete());
    assertThat(play.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(play.status(1)).isEqualTo(CANCELLED);
  }

  @Test
  void shouldNotStopWhatIsBeingIntegrated() {
    Play play = Play.started(model().task("a"));
    play.succeed(0);
    assertThat(play.cancel()).isEmpty();
    assertThat(play.integrate(0)).containsExactly(new Complete());
  }

  @Test
  void shouldEndAsCancelledHoweverARunningTaskFails() {
    Play play =
        Play.started(
            model().task("fails").task("defers").task("conflicts").task("does not integrate"));
    play.succeed(3);
    play.cancel();
    assertThat(play.fail(0)).isEmpty();
    assertThat(play.defer(1, Play.START.plus(Duration.ofDays(1)))).isEmpty();
    play.succeed(2);
    assertThat(play.conflict(2)).isEmpty();
    assertThat(play.breakIntegration(3)).containsExactly(new Complete());
    assertThat(play.state().count(CANCELLED)).isEqualTo(4);
  }

  @Test
  void shouldSkipWhatNeedsAnAttemptThatWasStoppedAlone() {
    Play play = Play.started(model().task("a").task("b").needs(0));
    assertThat(play.stopped(0)).containsExactly(new Skip(1, 0), new Complete());
    assertThat(play.status(0)).isEqualTo(CANCELLED);
  }
}
