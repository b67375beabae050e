package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Named resources, and slots that are left to others. */
class SchedulerResourceTest {

  @Test
  void shouldLetOneTaskAtATimeHoldWhatThereIsOnce() {
    Play play =
        new Play(
            model().resource("database", 1)
                .task("A")
                .demands(0, 1)
                .task("B")
                .demands(0, 1)
                .task("C"));

    assertThat(play.start())
        .containsExactly(
            new Decision.Dispatch(0, 1, false), new Decision.Dispatch(2, 1, false));
    assertThat(play.state().waitReason(1)).contains(new WaitReason.Resource("database", 1));
    assertThat(play.succeed(0))
        .containsExactly(new Decision.Integrate(0, 1), new Decision.Dispatch(1, 1, false));
  }

  @Test
  void shouldFreeWhatAFailedAttemptHeld() {
    Play play =
        new Play(
            model().resource("gpu", 2)
                .task("A")
                .demands(0, 2)
                .task("B")
                .demands(0, 1)
                .task("C")
                .demands(0, 1));
    play.start();

    assertThat(play.fail(0)).contains(
        new Decision.Dispatch(1, 1, false), new Decision.Dispatch(2, 1, false));
  }

  @Test
  void shouldRefuseToNeedMoreThanThereIs() {
    assertThatThrownBy(() -> model().resource("gpu", 2).task("A").demands(0, 3).build())
        .hasMessageContaining("A: there is not that much");
  }

  /** C could start at once, but Q starts in a second and is more urgent. */
  private static ModelBuilder held() {
    return model().familiar("codex", 1)
        .familiar("gemini", 1)
        .retry(0, Duration.ofSeconds(1), 1)
        .task("P")
        .by(1)
        .seconds(10)
        .task("Q")
        .by(0)
        .needs(0)
        .seconds(5)
        .task("C")
        .by(0)
        .seconds(20)
        .heldFor(1);
  }

  @Test
  void shouldLeaveTheSlotUntilTheOtherStarts() {
    Play play = new Play(held());

    assertThat(play.start())
        .containsExactly(
            new Decision.Dispatch(0, 1, false),
            new Decision.WaitForHold(2, 1, Play.START.plusSeconds(11)));
    assertThat(play.state().waitReason(2))
        .contains(new WaitReason.Held(1, Play.START.plusSeconds(11)));
    play.pass(Duration.ofSeconds(10));
    play.succeed(0);
    assertThat(play.integrate(0)).containsExactly(new Decision.Dispatch(1, 1, false));
    assertThat(play.state().waitReason(2)).contains(new WaitReason.Instance("codex", 1));
  }

  @Test
  void shouldTakeTheSlotOnceTheOtherIsOverdue() {
    Play play = new Play(held());
    play.start();
    play.pass(Duration.ofSeconds(11));

    assertThat(play.send(new SchedulerEvent.HoldReached(play.now(), play.now())))
        .containsExactly(new Decision.Dispatch(2, 1, false));
  }

  @Test
  void shouldTakeTheSlotIfTheOtherWillNotStart() {
    Play play = new Play(held());
    play.start();
    play.pass(Duration.ofSeconds(1));

    assertThat(play.fail(0)).contains(new Decision.Dispatch(2, 1, false));
  }

  @Test
  void shouldTakeTheSlotIfItEndsBeforeTheOtherStarts() {
    Play play =
        new Play(
            model().familiar("codex", 1)
                .familiar("gemini", 1)
                .task("P")
                .by(1)
                .seconds(10)
                .task("Q")
                .by(0)
                .needs(0)
                .seconds(5)
                .task("C")
                .by(0)
                .seconds(9)
                .heldFor(1));

    assertThat(play.start())
        .isEqualTo(
            List.of(new Decision.Dispatch(0, 1, false), new Decision.Dispatch(2, 1, false)));
  }

  @Test
  void shouldNotLetALaterTaskTakeTheSlotThatIsLeft() {
    Play play = new Play(held().task("D").by(0).seconds(30));

    assertThat(play.start())
        .containsExactly(
            new Decision.Dispatch(0, 1, false),
            new Decision.WaitForHold(2, 1, Play.START.plusSeconds(11)));
    assertThat(play.state().waitReason(3))
        .contains(new WaitReason.Held(1, Play.START.plusSeconds(11)));
  }

  @Test
  void shouldLetALaterTaskTakeTheSlotThatEndsBeforeItIsNeeded() {
    Play play = new Play(held().task("D").by(0).seconds(8));

    assertThat(play.start()).contains(new Decision.Dispatch(3, 1, false));
    assertThat(play.state().waitReason(2)).isPresent();
  }

  @Test
  void shouldNotLeaveASlotWhereBothFit() {
    Play play =
        new Play(
            model().familiar("codex", 2)
                .familiar("gemini", 1)
                .task("P")
                .by(1)
                .seconds(10)
                .task("Q")
                .by(0)
                .needs(0)
                .seconds(5)
                .task("C")
                .by(0)
                .seconds(20)
                .heldFor(1));

    assertThat(play.start())
        .containsExactly(
            new Decision.Dispatch(0, 1, false), new Decision.Dispatch(2, 1, false));
  }

  @Test
  void shouldWaitForAMergeThatIsUnderWay() {
    Play play = new Play(held());
    play.start();
    play.pass(Duration.ofSeconds(10));

    play.succeed(0);
    play.pass(Duration.ofSeconds(3));

    assertThat(play.send(new SchedulerEvent.HoldReached(play.now(), play.now()))).isEmpty();
    assertThat(play.state().waitReason(2))
        .contains(new WaitReason.Held(1, Play.START.plusSeconds(40)));
    assertThat(play.integrate(0)).containsExactly(new Decision.Dispatch(1, 1, false));
  }

  @Test
  void shouldRefuseToLeaveASlotToALaterTask() {
    ModelBuilder wrong = model().task("A").heldFor(1).task("B");

    assertThatThrownBy(() -> new Play(wrong))
        .hasMessage("task 0 leaves its slot to task 1, which is not before it");
  }
}
