package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleStateTest {

  @Test
  void shouldSayWhyATaskDoesNotRun() {
    Play play =
        Play.started(
            model()
                .familiar("codex", 1)
                .familiar("claude", 5)
                .maxParallel(2)
                .barrier()
                .task("runs")
                .task("waits")
                .by(1)
                .task("no instance")
                .task("needs two")
                .needs(1, 2)
                .after(0)
                .task("later")
                .stage(4));
    play.fail(1);
    assertThat(play.state().waitReason(0)).isEmpty();
    assertThat(play.state().waitReason(1))
        .contains(new WaitReason.Until(Play.START.plusSeconds(5)));
    assertThat(play.state().waitReason(2)).contains(new WaitReason.Instance("codex", 1));
    assertThat(play.state().waitReason(3)).contains(new WaitReason.Tasks(List.of(0, 1, 2)));
    assertThat(play.state().waitReason(4)).contains(new WaitReason.EarlierStage(0));
    play.pass(Duration.ofSeconds(5)).timeReached(1);
    assertThat(play.state().waitReason(2)).contains(new WaitReason.Slot(2));
  }

  @Test
  void shouldGiveNoReasonBeforeTheStartNorAfterTheEnd() {
    Play play = new Play(model().task("a"));
    assertThat(play.state().waitReason(0)).isEmpty();
    play.start();
    play.finish(0);
    assertThat(play.state().waitReason(0)).isEmpty();
  }

  @Test
  void shouldNotChangeWhenTheRunGoesOn() {
    Play play = Play.started(model().maxParallel(1).task("a").task("b"));
    ScheduleState before = play.state();
    play.fail(0);
    play.cancel();
    assertThat(before.status(0)).isEqualTo(TaskStatus.RUNNING);
    assertThat(before.status(1)).isEqualTo(TaskStatus.READY);
    assertThat(before.inFlight()).isEqualTo(1);
    assertThat(before.readyCount()).isEqualTo(1);
    assertThat(before.attempts(1)).isZero();
    assertThat(before.cancelling()).isFalse();
    assertThat(before.waitReason(1)).contains(new WaitReason.Slot(1));
  }

  @Test
  void shouldCountTasksByStatus() {
    Play play = Play.started(model().maxParallel(1).task("a").task("b").task("c").needs(1));
    play.finish(0);
    assertThat(play.state().counts())
        .containsEntry(TaskStatus.SUCCEEDED, 1)
        .containsEntry(TaskStatus.RUNNING, 1)
        .containsEntry(TaskStatus.BLOCKED, 1)
        .containsEntry(TaskStatus.READY, 0)
        .hasSize(TaskStatus.values().length);
  }

  @Test
  void shouldRefuseModelsThatCannotRun() {
    refused(model().task("a").needs(1).task("b").after(0), "cycle");
    refused(model().task("a").needs(0), "cycle");
    refused(model().task("a").needs(3), "depends on 3");
    refused(model().task("a").by(1), "familiar 1 of 1");
    refused(model().task("a").order(1).task("b").order(1), "same order");
    refused(model().barrier().task("a").needs(1).task("b").stage(1), "later stage");
  }

  private static void refused(ModelBuilder model, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleState.initial(model.build()))
        .withMessageContaining(message);
  }
}
