package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.temporal.api.history.v1.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One workflow execution has room for a large plan. */
@Timeout(120)
class LargeRunTest {

  private static final int TASKS = 2_000;

  /** Temporal's own limits, beyond which it ends an execution. */
  private static final int MOST_EVENTS = 51_200;

  private static final int MOST_BYTES = 50 << 20;

  /** What one message may hold. */
  private static final int MOST_PAYLOAD = 2 << 20;

  @Test
  void shouldStayWithinTheLimitsOfAHistory() {
    FakeHost host = new FakeHost();
    Plans plans = new Plans().maxParallel(20);
    for (int task = 0; task < TASKS; task++) {
      if (task < 20) {
        plans.task("t" + task);
      } else {
        plans.task("t" + task, task - 20, task - 1 - task % 20);
      }
    }
    plans.on(host);
    host.pieces(500);
    try (PlanRuns runs = PlanRuns.on(host)) {
      PlanWorkflow run = runs.plan("large");

      RunReport report = run.run(null, null);

      assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(host.invocations).hasSize(TASKS);
      assertThat(host.integrations).hasSize(TASKS);
      History history = runs.history("large").getHistory();
      assertThat(history.getEventsCount()).isLessThan(MOST_EVENTS);
      assertThat(history.getSerializedSize()).isLessThan(MOST_BYTES);
      assertThat(history.getEventsList())
          .allMatch(event -> event.getSerializedSize() < MOST_PAYLOAD);
      System.out.printf(
          "LARGE RUN: %d tasks, %d events, %d bytes%n",
          TASKS,
          history.getEventsCount(),
          history.getSerializedSize());
    }
  }
}
