package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowerBoundTest {

  @Test
  void shouldFindTheCriticalPath() {
    ScheduleModel model =
        model().task("a").task("b").needs(0).task("c").after(0).task("d").needs(1, 2).build();
    assertThat(CriticalPath.of(model, seconds(1, 2, 5, 1)))
        .isEqualTo(new CriticalPath(Duration.ofSeconds(7), List.of(0, 2, 3)));
    assertThat(CriticalPath.of(model, seconds(1, 2, 2, 1)).tasks()).containsExactly(0, 1, 3);
  }

  @Test
  void shouldBeZeroForAnEmptyModel() {
    assertThat(CriticalPath.of(model().build(), List.of()).tasks()).isEmpty();
    assertThat(LowerBound.of(model().build(), List.of()).value()).isZero();
    assertThat(LowerBound.barrierBound(model().build(), List.of())).isZero();
  }

  @Test
  void shouldTakeTheLargestOfThreeBounds() {
    ScheduleModel model =
        model()
            .familiar("codex", 1)
            .familiar("claude", 5)
            .maxParallel(4)
            .task("a")
            .task("b")
            .task("c")
            .by(1)
            .needs(0)
            .task("d")
            .by(1)
            .build();
    assertThat(LowerBound.of(model, seconds(3, 5, 4, 4)))
        .isEqualTo(bound(7, 4, 8))
        .extracting(LowerBound::value)
        .isEqualTo(Duration.ofSeconds(8));
    assertThat(LowerBound.of(model, seconds(3, 1, 30, 6)).value())
        .isEqualTo(Duration.ofSeconds(33));
    assertThat(LowerBound.of(model, seconds(1, 1, 2, 40)).workPerSlot())
        .isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void shouldCountTheInstancesOfTheFamiliarsAsSlots() {
    ScheduleModel model =
        model().familiar("codex", 2).maxParallel(9).task("a").task("b").task("c").build();
    assertThat(LowerBound.of(model, seconds(2, 2, 2)).workPerSlot())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void shouldAddUpTheBoundsOfStages() {
    ScheduleModel model =
        model()
            .maxParallel(2)
            .task("a")
            .task("b")
            .task("c")
            .stage(1)
            .needs(0)
            .task("d")
            .stage(1)
            .needs(2)
            .build();
    assertThat(LowerBound.barrierBound(model, seconds(1, 7, 5, 4)))
        .isEqualTo(Duration.ofSeconds(16));
    assertThat(LowerBound.of(model, seconds(1, 7, 5, 4)).value()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldWantARunTimeForEveryTask() {
    ScheduleModel model = model().task("a").build();
    assertThatIllegalArgumentException().isThrownBy(() -> LowerBound.of(model, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> CriticalPath.of(model, seconds(1, 2)));
  }

  private static LowerBound bound(int path, int perSlot, int perInstance) {
    return new LowerBound(
        Duration.ofSeconds(path), Duration.ofSeconds(perSlot), Duration.ofSeconds(perInstance),
        Duration.ZERO);
  }

  private static List<Duration> seconds(Integer... seconds) {
    return List.of(seconds).stream().map(Duration::ofSeconds).toList();
  }
}
