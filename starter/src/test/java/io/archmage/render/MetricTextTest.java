package io.archmage.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.Metric;
import io.archmage.report.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTextTest {

  private static final Metrics METRICS =
      new Metrics(
          2, 1, 0.973, 3.4, 1.4286, 30, new Metrics.Distribution(20_000, 39_500, 40_000), 340,
          0.25, 3, 0, 70_000, 100_000, 70_000, 1, 0, 71_000);

  @Test
  void shouldShowAllTenWithTheirUnits() {
    assertThat(MetricText.table(METRICS, List.of(Metric.values()), Style.PLAIN, 100))
        .containsExactly(
            "GROUP        METRIC                  VALUE",
            "parallelism  active_tasks            2",
            "             queue_depth             1",
            "             slot_utilization        97.3 %",
            "             avg_wait_time           3 ms",
            "performance  parallel_speedup_ratio  1.43",
            "             task_completion_time    p50 20.0 s p95 39.5 s max 40.0 s",
            "             merge_time              340 ms",
            "reliability  failure_rate            25.0 %",
            "             retry_count             3",
            "             rollback_count          0");
  }

  @Test
  void shouldShowOnlyTheChosenOnes() {
    assertThat(MetricText.lines(METRICS, List.of(Metric.QUEUE_DEPTH, Metric.RETRY_COUNT)))
        .containsExactly("Metrics    queue_depth 1", "           retry_count 3");
    assertThat(MetricText.lines(METRICS, List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "70000, 100000, Total: 70s (Sequential would be: 100s), Speedup: 30% (1.43x)",
    "70040, 99960, Total: 70s (Sequential would be: 100s), Speedup: 30% (1.43x)",
    "340, 1250, Total: 0.3s (Sequential would be: 1.3s), Speedup: 73% (3.68x)",
    "1000, 1000, Total: 1s (Sequential would be: 1s), Speedup: 0% (1.00x)"
  })
  void shouldSayWhatWasSaved(long makespan, long sequential, String total, String speedup) {
    assertThat(Totals.lines(makespan, sequential)).containsExactly(total, speedup);
  }

  @Test
  void shouldClaimNoSpeedupOfNothing() {
    assertThat(Totals.lines(0, 0)).containsExactly("Total: 0s (Sequential would be: 0s)");
    assertThat(Totals.lines(2_000, 1_000))
        .containsExactly("Total: 2s (Sequential would be: 1s)");
  }
}
