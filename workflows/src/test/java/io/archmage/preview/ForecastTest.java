package io.archmage.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.archmage.schedule.FamiliarCap;
import io.archmage.schedule.RetryRule;
import io.archmage.schedule.ScheduleModel;
import io.archmage.schedule.ScheduledTask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

  @Test
  void shouldTellWaitingForATaskFromWaitingForASlot() {
    Forecast forecast =
        Forecast.of(
            model(1, false, task("A", 30, 0, 0), task("B", 40, 0, 1), task("C", 10, 0, 2, 0)));

    assertThat(forecast.tasks())
        .containsExactly(times(0, 0, 30), times(0, 30, 70), times(30, 70, 80));
    assertThat(forecast.makespan()).isEqualTo(seconds(80));
    assertThat(forecast.lowerBound()).isEqualTo(seconds(80));
    assertThat(forecast.barrierBound()).isNull();
    assertThat(forecast.sequential()).isEqualTo(seconds(80));
    assertThat(forecast.peakParallelism()).isEqualTo(1);
    assertThat(forecast.speedup()).isEqualTo(1.0);
    assertThat(forecast.timeReductionPercent()).isZero();
  }

  @Test
  void shouldCountAStageAsReadyWhenTheOnesBeforeHaveEnded() {
    Forecast forecast =
        Forecast.of(
            model(4, true, task("A", 30, 0, 0), task("B", 60, 0, 1), task("C", 10, 1, 2, 0)));

    assertThat(forecast.tasks().get(2)).isEqualTo(times(60, 60, 70));
    assertThat(forecast.lowerBound()).isEqualTo(seconds(60));
    assertThat(forecast.barrierBound()).isEqualTo(seconds(70));
    assertThat(forecast.criticalPath()).containsExactly(1);
    assertThat(forecast.timeReductionPercent()).isCloseTo(30.0, within(1e-9));
    assertThat(forecast.speedup()).isCloseTo(100.0 / 70, within(1e-9));
  }

  @Test
  void shouldHaveNoMoreSlotsThanInstances() {
    Forecast forecast =
        Forecast.of(
            model(
                10, false, task("A", 1, 0, 0), task("B", 1, 0, 1), task("C", 1, 0, 2),
                task("D", 1, 0, 3)));

    assertThat(forecast.slots()).isEqualTo(3);
    assertThat(forecast.peakParallelism()).isEqualTo(3);
    assertThat(forecast.makespan()).isEqualTo(seconds(2));
  }

  private static ScheduleModel model(int slots, boolean barrier, ScheduledTask... tasks) {
    return new ScheduleModel(
        List.of(tasks), List.of(new FamiliarCap("codex", 3)), slots, barrier, RetryRule.DEFAULT);
  }

  private static ScheduledTask task(
      String id, int seconds, int stage, int order, Integer... needs) {
    return new ScheduledTask(id, 0, List.of(needs), List.of(), stage, order, seconds(seconds));
  }

  private static Forecast.Times times(int ready, int start, int finish) {
    return new Forecast.Times(seconds(ready), seconds(start), seconds(finish));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
