package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.archmage.schedule.Decision.Complete;
import io.archmage.schedule.Decision.Dispatch;
import io.archmage.schedule.Decision.Integrate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerDispatchTest {

  @Test
  void shouldCompleteAnEmptyRunOnceAtItsStart() {
    Play play = new Play(model());
    assertThat(play.start()).containsExactly(new Complete());
    assertThat(play.state().done()).isTrue();
    assertThat(play.start()).isEmpty();
    assertThat(play.cancel()).isEmpty();
  }

  @Test
  void shouldDispatchWhatWaitsForNothingAtTheStart() {
    Play play = new Play(model().task("a").task("b").needs(0).task("c"));
    assertThat(play.start()).containsExactly(first(0), first(2));
    assertThat(play.status(1)).isEqualTo(TaskStatus.BLOCKED);
  }

  @Test
  void shouldReadyATaskOnlyWhenAllItNeedsIsIntegrated() {
    Play play = Play.started(model().task("a").task("b").task("c").needs(0, 1));
    assertThat(play.succeed(0)).containsExactly(new Integrate(0, 1));
    assertThat(play.status(0)).isEqualTo(TaskStatus.RUNNING);
    assertThat(play.integrate(0)).isEmpty();
    assertThat(play.finish(1)).containsExactly(first(2));
  }

  @Test
  void shouldRunATaskAfterAnotherThatFailed() {
    Play play = Play.started(model().task("a").task("b").after(0));
    assertThat(play.failForGood(0)).containsExactly(new Decision.Fail(0), first(1));
  }

  @Test
  void shouldDispatchInOrderAndNotAsDeclared() {
    Play play =
        new Play(
            model().maxParallel(2).task("a").order(30).task("b").order(10).task("c").order(20));
    assertThat(play.start()).containsExactly(first(1), first(2));
  }

  @Test
  void shouldNotLetAFullFamiliarBlockAnother() {
    Play play =
        new Play(
            model()
                .familiar("codex", 1)
                .familiar("claude", 1)
                .maxParallel(3)
                .task("a")
                .task("b")
                .task("c")
                .by(1));
    assertThat(play.start()).containsExactly(first(0), first(2));
    assertThat(play.succeed(0)).containsExactly(new Integrate(0, 1), first(1));
  }

  @Test
  void shouldFreeTheSlotBeforeIntegration() {
    Play play = Play.started(model().maxParallel(1).task("a").task("b"));
    assertThat(play.succeed(0)).containsExactly(new Integrate(0, 1), first(1));
    assertThat(play.status(0)).isEqualTo(TaskStatus.RUNNING);
    assertThat(play.state().inFlight()).isEqualTo(1);
  }

  @Test
  void shouldOpenAStageWhenAllEarlierOnesHaveEnded() {
    Play play =
        Play.started(
            model()
                .barrier()
                .task("a")
                .task("b")
                .task("late")
                .stage(7)
                .task("last")
                .stage(9)
                .needs(1));
    assertThat(play.finish(0)).isEmpty();
    assertThat(play.status(2)).isEqualTo(TaskStatus.BLOCKED);
    assertThat(play.failForGood(1))
        .containsExactly(new Decision.Fail(1), new Decision.Skip(3, 1), first(2));
    assertThat(play.finish(2)).containsExactly(new Complete());
  }

  @Test
  void shouldIgnoreStagesWithoutABarrier() {
    Play play = new Play(model().task("a").task("b").stage(1));
    assertThat(play.start()).containsExactly(first(0), first(1));
  }

  @Test
  void shouldDispatchOnceForEventsThatCameTogether() {
    ScheduleModel model =
        model().maxParallel(1).task("a").task("b").needs(0).order(1).task("c").order(2).build();
    ScheduleState state =
        Scheduler.next(ScheduleState.initial(model), new SchedulerEvent.RunStarted(Play.START))
            .state();
    List<SchedulerEvent> together =
        List.of(
            new SchedulerEvent.AttemptSucceeded(0, Play.START),
            new SchedulerEvent.Integrated(0, Play.START));
    assertThat(Scheduler.next(state, together).decisions())
        .containsExactly(new Integrate(0, 1), first(1));
    assertThat(Scheduler.next(state, together.getFirst()).decisions())
        .containsExactly(new Integrate(0, 1), first(2));
  }

  @Test
  void shouldCompleteExactlyOnce() {
    Play play = Play.started(model().task("a"));
    play.succeed(0);
    assertThat(play.integrate(0)).containsExactly(new Complete());
    assertThat(play.integrate(0)).isEmpty();
    assertThat(play.timeReached(0)).isEmpty();
    assertThat(play.cancel()).isEmpty();
    assertThat(play.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void shouldRefuseATaskThatDoesNotExist() {
    Play play = Play.started(model().task("a"));
    assertThatIllegalArgumentException().isThrownBy(() -> play.succeed(1));
    assertThatIllegalArgumentException().isThrownBy(() -> play.timeReached(-1));
  }

  @Test
  void shouldRefuseAnyEventBeforeTheStart() {
    Play play = new Play(model().task("a"));
    assertThatIllegalStateException().isThrownBy(play::cancel).withMessageContaining("RunStarted");
  }

  private static Dispatch first(int task) {
    return new Dispatch(task, 1, false);
  }
}
