package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.ConflictPolicy;
import io.archmage.schedule.Decision.AskPerson;
import io.archmage.schedule.Decision.Complete;
import io.archmage.schedule.Decision.Dispatch;
import io.archmage.schedule.Decision.Fail;
import io.archmage.schedule.Decision.Integrate;
import io.archmage.schedule.Decision.Skip;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerPersonTest {

  private static Play asked() {
    Play play =
        Play.started(
            model()
                .person(ConflictPolicy.ASK, false)
                .maxParallel(1)
                .task("a")
                .task("b")
                .needs(0)
                .task("c"));
    play.succeed(0);
    assertThat(play.conflict(0)).containsExactly(new AskPerson(0));
    return play;
  }

  @Test
  void shouldHoldNoSlotAndLetOtherTasksGoOnWhileAPersonIsAsked() {
    Play play = asked();
    assertThat(play.status(0)).isEqualTo(TaskStatus.AWAITING_PERSON);
    assertThat(play.state().waitReason(0)).contains(new WaitReason.Person());
    assertThat(play.status(1)).isEqualTo(TaskStatus.BLOCKED);
    assertThat(play.state().waitReason(1)).contains(new WaitReason.Tasks(List.of(0)));
    assertThat(play.status(2)).isEqualTo(TaskStatus.RUNNING);
    assertThat(play.finish(2)).isEmpty();
    assertThat(play.state().inFlight()).isZero();
    assertThat(play.state().done()).isFalse();
  }

  @Test
  void shouldIntegrateTheSameAttemptOnceAPersonDecided() {
    Play play = asked();
    assertThat(play.personResolves(0)).containsExactly(new Integrate(0, 1));
    assertThat(play.personResolves(0)).isEmpty();
    assertThat(play.personRejects(0)).isEmpty();
    play.finish(2);
    assertThat(play.integrate(0)).containsExactly(new Dispatch(1, 1, false));
  }

  @Test
  void shouldAskAgainIfADecisionCannotBeDone() {
    Play play = asked();
    play.personResolves(0);
    assertThat(play.conflict(0)).containsExactly(new AskPerson(0));
    play.personResolves(0);
    assertThat(play.breakIntegration(0)).containsExactly(new AskPerson(0));
    assertThat(play.status(0)).isEqualTo(TaskStatus.AWAITING_PERSON);
  }

  @Test
  void shouldRunTheTaskAgainOnceWhereOneAfterTheOtherIsEnough() {
    Play play =
        Play.started(model().person(ConflictPolicy.ASK, false).maxParallel(1).task("a"));
    play.succeed(0);
    assertThat(play.serialConflict(0)).containsExactly(new Dispatch(0, 2, true));
    play.succeed(0);
    assertThat(play.serialConflict(0)).containsExactly(new AskPerson(0));
  }

  @Test
  void shouldRunTheTaskAgainOnTheMergedHead() {
    Play play = asked();
    play.finish(2);
    assertThat(play.personRetries(0)).containsExactly(new Dispatch(0, 2, true));
    play.succeed(0);
    assertThat(play.conflict(0)).containsExactly(new AskPerson(0));
  }

  @Test
  void shouldSkipTheTaskAndWhatNeedsIt() {
    Play play = asked();
    assertThat(play.personSkips(0)).containsExactly(new Skip(0, 0), new Skip(1, 0));
    assertThat(play.state().skippedBecause(0)).isEmpty();
    assertThat(play.state().skippedBecause(1)).hasValue(0);
    assertThat(play.finish(2)).containsExactly(new Complete());
  }

  @Test
  void shouldFailARejectedTask() {
    Play play = asked();
    assertThat(play.personRejects(0)).containsExactly(new Fail(0), new Skip(1, 0));
  }

  @Test
  void shouldCancelATaskThatAwaitsAPerson() {
    Play play = asked();
    play.cancel();
    assertThat(play.status(0)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(play.personRetries(0)).isEmpty();
    assertThat(play.stopped(2)).containsExactly(new Complete());
  }

  @Test
  void shouldFinishWhatAPersonDecidedWhileTheRunIsCancelled() {
    Play play = asked();
    play.personResolves(0);
    play.cancel();
    play.stopped(2);
    assertThat(play.integrate(0)).containsExactly(new Complete());
    assertThat(play.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void shouldEscalateAfterTheLastRetryAndStartCountingAnew() {
    Play play =
        Play.started(
            model()
                .person(ConflictPolicy.RERUN, true)
                .retry(1, Duration.ZERO, 1.0)
                .task("a"));
    play.fail(0);
    play.timeReached(0);
    assertThat(play.fail(0)).containsExactly(new AskPerson(0));
    assertThat(play.personRetries(0)).containsExactly(new Dispatch(0, 3, false));
    play.fail(0);
    play.timeReached(0);
    assertThat(play.failForGood(0)).containsExactly(new AskPerson(0));
  }

  @Test
  void shouldEscalateTheSecondConflictOnly() {
    Play play = Play.started(model().person(ConflictPolicy.RERUN, true).task("a"));
    play.succeed(0);
    assertThat(play.conflict(0)).containsExactly(new Dispatch(0, 2, true));
    play.succeed(0);
    assertThat(play.conflict(0)).containsExactly(new AskPerson(0));
  }

  @Test
  void shouldEscalateWorkThatCannotBeIntegrated() {
    Play play = Play.started(model().person(ConflictPolicy.RERUN, true).task("a"));
    play.succeed(0);
    assertThat(play.breakIntegration(0)).containsExactly(new AskPerson(0));
  }
}
