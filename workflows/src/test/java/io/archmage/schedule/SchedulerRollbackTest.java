package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.plan.ConflictPolicy;
import io.archmage.schedule.Decision.Checkpoint;
import io.archmage.schedule.Decision.Complete;
import io.archmage.schedule.Decision.Dispatch;
import io.archmage.schedule.Decision.Fail;
import io.archmage.schedule.Decision.Rollback;
import io.archmage.schedule.Decision.Skip;
import io.archmage.schedule.SchedulerEvent.RollbackStopped;
import io.archmage.schedule.SchedulerEvent.RolledBack;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerRollbackTest {

  /** A, then B, then C; D is independent of them. */
  private static ModelBuilder chain() {
    return model().task("A").task("B").needs(0).task("C").needs(1).task("D");
  }

  private static List<Decision> rolledBack(Play play, int number) {
    return play.send(new RolledBack(number, Play.START));
  }

  @Test
  void shouldUndoWhatServedOnlyTheFailedTask() {
    Play play = Play.started(chain().undo());
    play.finish(0);

    assertThat(play.failForGood(1))
        .containsExactly(new Fail(1), new Skip(2, 1), new Rollback(1, 1, List.of(0)));
    assertThat(play.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
    play.finish(3);
    assertThat(play.state().done()).isFalse();

    assertThat(rolledBack(play, 1)).containsExactly(new Complete());
    assertThat(play.status(0)).isEqualTo(TaskStatus.ROLLED_BACK);
    assertThat(play.status(3)).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(rolledBack(play, 1)).isEmpty();
  }

  @Test
  void shouldKeepEverySuccessUnlessToldOtherwise() {
    Play play = Play.started(chain());
    play.finish(0);

    assertThat(play.failForGood(1)).containsExactly(new Fail(1), new Skip(2, 1));
    assertThat(play.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void shouldKeepWhatASuccessNeedsWhicheverCameFirst() {
    ModelBuilder model =
        model().undo().task("A").task("B").needs(0).task("C").needs(1).task("D").needs(0);
    Play late = Play.started(model);
    late.finish(0);
    assertThat(late.failForGood(1)).containsExactly(new Fail(1), new Skip(2, 1));
    late.succeed(3);
    assertThat(late.integrate(3)).containsExactly(new Complete());

    Play both = Play.started(model);
    both.finish(0);
    both.failForGood(1);
    assertThat(both.failForGood(3)).containsExactly(new Fail(3), new Rollback(1, 1, List.of(0)));
  }

  @Test
  void shouldUndoAWholeChainTheLastOneFirst() {
    Play play =
        Play.started(
            model().undo().task("first").task("second").needs(0).task("third").needs(1));
    play.finish(0);
    play.finish(1);

    assertThat(play.failForGood(2))
        .containsExactly(new Fail(2), new Rollback(1, 2, List.of(1, 0)));
  }

  @Test
  void shouldUndoWhatServedATaskThatAnotherFailureSkipped() {
    Play play = Play.started(model().undo().task("kept").task("X").task("C").needs(0, 1));
    play.finish(0);

    assertThat(play.failForGood(1))
        .containsExactly(new Fail(1), new Skip(2, 1), new Rollback(1, 1, List.of(0)));
  }

  @Test
  void shouldUndoWhatSucceedsWhenNothingNeedsItAnyMore() {
    Play play = Play.started(model().undo().task("A").task("X").task("C").needs(0, 1));
    assertThat(play.failForGood(1)).containsExactly(new Fail(1), new Skip(2, 1));
    play.succeed(0);

    assertThat(play.integrate(0)).containsExactly(new Rollback(1, 1, List.of(0)));
  }

  @Test
  void shouldStartNothingFromWhatIsBeingUndone() {
    Play play =
        Play.started(
            model().undo().task("A").task("B").needs(0).task("later").after(1));
    play.finish(0);
    play.failForGood(1);

    assertThat(play.status(2)).isEqualTo(TaskStatus.READY);
    assertThat(play.state().waitReason(2)).contains(new WaitReason.Rollback(List.of(0)));
    assertThat(rolledBack(play, 1)).containsExactly(new Dispatch(2, 1, false));
  }

  @Test
  void shouldUndoTwoChainsOneAfterTheOther() {
    Play play =
        Play.started(
            model().undo().task("A").task("B").task("A2").needs(0).task("B2").needs(1));
    play.finish(0);
    play.finish(1);
    assertThat(play.failForGood(2)).contains(new Rollback(1, 2, List.of(0)));
    assertThat(play.failForGood(3)).containsExactly(new Fail(3));

    assertThat(rolledBack(play, 1)).containsExactly(new Rollback(2, 3, List.of(1)));
    assertThat(rolledBack(play, 2)).containsExactly(new Complete());
  }

  @Test
  void shouldKeepForGoodWhatCannotBeUndone() {
    Play play =
        Play.started(
            model().undo().task("base").task("A").needs(0).task("A2").needs(1).task("B2").needs(0));
    play.finish(0);
    play.finish(1);
    play.failForGood(2);
    assertThat(play.send(new RollbackStopped(1, Play.START))).isEmpty();
    assertThat(play.failForGood(3)).containsExactly(new Fail(3), new Complete());
    assertThat(play.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(play.status(1)).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void shouldEndARollbackButBeginNoneOnceItIsCancelled() {
    Play play = Play.started(chain().undo());
    play.finish(0);
    play.failForGood(1);
    play.cancel();
    play.stopped(3);
    assertThat(play.state().done()).isFalse();
    assertThat(rolledBack(play, 1)).containsExactly(new Complete());
    assertThat(play.status(0)).isEqualTo(TaskStatus.ROLLED_BACK);

    Play cancelled = Play.started(chain().undo());
    cancelled.finish(0);
    cancelled.cancel();
    cancelled.stopped(3);
    assertThat(cancelled.failForGood(1)).containsExactly(new Complete());
    assertThat(cancelled.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void shouldNotUndoBecauseAPersonSkippedATask() {
    Play play =
        Play.started(
            model()
                .undo()
                .person(ConflictPolicy.RERUN, true)
                .task("A")
                .task("B")
                .needs(0));
    play.finish(0);
    play.failForGood(1);

    assertThat(play.personSkips(1)).containsExactly(new Skip(1, 1), new Complete());
    assertThat(play.status(0)).isEqualTo(TaskStatus.SUCCEEDED);
  }

  @Test
  void shouldRecordTheHeadBeforeEachStage() {
    Play play =
        new Play(
            model()
                .checkpoints()
                .barrier()
                .task("a")
                .stage(0)
                .task("b")
                .stage(0)
                .task("c")
                .stage(3));

    assertThat(play.start())
        .containsExactly(
            new Checkpoint(0), new Dispatch(0, 1, false), new Dispatch(1, 1, false));
    play.finish(0);
    play.succeed(1);
    assertThat(play.integrate(1))
        .containsExactly(new Checkpoint(3), new Dispatch(2, 1, false));
  }

  @Test
  void shouldRecordTheHeadWhereTasksStartSideBySideAndNothingIsUnderWay() {
    Play play =
        new Play(
            model()
                .checkpoints()
                .task("plan")
                .task("left")
                .needs(0)
                .task("right")
                .needs(0)
                .task("after left")
                .needs(1)
                .task("join")
                .needs(2, 3));

    assertThat(play.start()).containsExactly(new Checkpoint(0), new Dispatch(0, 1, false));
    play.succeed(0);
    assertThat(play.integrate(0))
        .containsExactly(
            new Checkpoint(0), new Dispatch(1, 1, false), new Dispatch(2, 1, false));
    play.succeed(1);
    assertThat(play.integrate(1)).containsExactly(new Dispatch(3, 1, false));
    play.finish(2);
    play.succeed(3);
    assertThat(play.integrate(3)).containsExactly(new Dispatch(4, 1, false));
  }
}
