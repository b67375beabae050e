package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.AttemptResult;
import io.archmage.contract.Usage;
import io.archmage.report.MergeReport;
import io.archmage.report.Metrics;
import io.archmage.schedule.Decision;
import io.archmage.schedule.Scheduler;
import io.archmage.schedule.SchedulerEvent;
import io.archmage.schedule.Transition;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures of runs whose times are known to the second. */
class RunFiguresTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Offset<Double> EXACT = within(1e-9);

  private RunLedger ledger = new Plans().ledger(START);

  private void begin(Plans plans) {
    ledger = plans.ledger(START);
    apply(new SchedulerEvent.RunStarted(START), 0);
  }

  private void apply(SchedulerEvent event, int second) {
    Transition transition = Scheduler.next(ledger.state(), event);
    ledger.advance(transition.state(), at(second));
    for (Decision decision : transition.decisions()) {
      if (decision instanceof Decision.Dispatch dispatch) {
        ledger.record(dispatch.task()).dispatched(at(second), "base", dispatch.rerun());
        ledger.takeSlot(dispatch.task());
      }
    }
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  /** An attempt that ended well and is merged {@code mergeSeconds} later. */
  private void succeed(int task, int from, int to, int mergeSeconds) {
    TaskRecord record = ledger.record(task);
    record.succeeded(
        new AttemptResult(
            "c", null, List.of(), List.of(), "", null, at(from), at(to), 1, Usage.NONE),
        at(to));
    apply(new SchedulerEvent.AttemptSucceeded(task, at(to)), to);
    record.mergeMs += mergeSeconds * 1_000L;
    record.integrated(
        new MergeReport("merged", "textual", List.of(), List.of()), at(to + mergeSeconds));
    apply(new SchedulerEvent.Integrated(task, at(to + mergeSeconds)), to + mergeSeconds);
  }

  private void fail(int task, int from, int to, boolean retryable) {
    ledger
        .record(task)
        .failed(
            new AttemptFailure(
                AttemptFailure.Kind.EXIT, 1, "no", null, "", null, at(from), at(to), 1, null,
                Usage.NONE),
            at(to));
    apply(new SchedulerEvent.AttemptFailed(task, retryable, at(to)), to);
  }

  @Test
  void shouldCountTheExecutionTimelineExample() {
    // FE 30 s and BE 40 s side by side, then Gemini 20 s, then Review 10 s: 70 s instead of 100.
    begin(
        new Plans()
            .maxParallel(2)
            .task("FE")
            .task("BE")
            .task("Gemini", 0, 1)
            .task("Review", 2));
    succeed(0, 0, 30, 0);
    succeed(1, 0, 40, 0);
    succeed(2, 40, 60, 0);
    succeed(3, 60, 70, 0);

    Metrics metrics = RunFigures.of(ledger, at(500));

    assertThat(metrics.activeTasks()).isZero();
    assertThat(metrics.queueDepth()).isZero();
    assertThat(metrics.makespanMs()).isEqualTo(70_000);
    assertThat(metrics.sequentialMs()).isEqualTo(100_000);
    assertThat(metrics.slotUtilization()).isEqualTo(100.0 / 140, EXACT);
    assertThat(metrics.avgWaitTimeMs()).isZero();
    assertThat(metrics.parallelSpeedupRatio()).isEqualTo(100.0 / 70, EXACT);
    assertThat(metrics.timeReductionPercent()).isEqualTo(30, EXACT);
    assertThat(metrics.taskCompletionTimeMs())
        .isEqualTo(new Metrics.Distribution(20_000, 40_000, 40_000));
    assertThat(metrics.mergeTimeMs()).isZero();
    assertThat(metrics.failureRate()).isZero();
    assertThat(metrics.retryCount()).isZero();
    assertThat(metrics.rollbackCount()).isZero();
    assertThat(metrics.lowerBoundMs()).isEqualTo(70_000);
    assertThat(metrics.makespanOverLowerBound()).isEqualTo(1, EXACT);
  }

  @Test
  void shouldCountWaitsFromReadyToTheFirstStartAndAllAttemptsAsBusy() {
    begin(new Plans().maxParallel(1).task("A").task("B").task("C", 0));
    // A fails after 10 s, is tried again at 15 s while B has the slot until 35 s, and ends at 45 s.
    fail(0, 0, 10, true);
    apply(new SchedulerEvent.TimeReached(0, at(15)), 15);
    succeed(1, 12, 35, 3);
    succeed(0, 36, 45, 2);
    fail(2, 47, 50, false);

    Metrics metrics = RunFigures.of(ledger, at(500));

    assertThat(metrics.retryCount()).isEqualTo(1);
    assertThat(metrics.failureRate()).isEqualTo(1.0 / 3, EXACT);
    assertThat(metrics.mergeTimeMs()).isEqualTo(5_000);
    // A at once, B after 12 s, C at once when A was integrated at 47 s.
    assertThat(metrics.avgWaitTimeMs()).isEqualTo(4_000, EXACT);
    assertThat(metrics.makespanMs()).isEqualTo(50_000);
    assertThat(metrics.sequentialMs()).isEqualTo(9_000 + 23_000 + 3_000);
    assertThat(metrics.slotUtilization()).isEqualTo((10.0 + 9 + 23 + 3) / 50, EXACT);
    assertThat(metrics.taskCompletionTimeMs())
        .isEqualTo(new Metrics.Distribution(9_000, 23_000, 23_000));
  }

  @Test
  void shouldCountWhatIsUnderWayUntilNow() {
    begin(new Plans().instances(2).task("A").task("B").task("C"));

    Metrics metrics = RunFigures.of(ledger, at(20));

    assertThat(metrics.activeTasks()).isEqualTo(2);
    assertThat(metrics.queueDepth()).isEqualTo(1);
    assertThat(metrics.makespanMs()).isEqualTo(20_000);
    assertThat(metrics.slotUtilization()).isEqualTo(1, EXACT);
    assertThat(metrics.parallelSpeedupRatio()).isEqualTo(2, EXACT);
    assertThat(metrics.taskCompletionTimeMs()).isEqualTo(new Metrics.Distribution(0, 0, 0));
  }

  @Test
  void shouldNotCountTheEnginesOwnStepsAsSlots() {
    begin(new Plans().maxParallel(50).instances(3).task("A").task("own"));

    assertThat(ledger.state().model().slots()).isEqualTo(3);
  }

  @Test
  void shouldTakePercentilesByNearestRank() {
    Plans plans = new Plans();
    for (int task = 0; task < 20; task++) {
      plans.task("T" + task);
    }
    begin(plans.maxParallel(20));
    for (int task = 0; task < 20; task++) {
      succeed(task, 0, task + 1, 0);
    }

    assertThat(RunFigures.of(ledger, at(100)).taskCompletionTimeMs())
        .isEqualTo(new Metrics.Distribution(10_000, 19_000, 20_000));
  }

  @Test
  void shouldBeZeroBeforeAnythingRan() {
    RunLedger fresh = new Plans().task("A").ledger(START);

    Metrics metrics = RunFigures.of(fresh, START);

    assertThat(metrics.makespanMs()).isZero();
    assertThat(metrics.slotUtilization()).isZero();
    assertThat(metrics.parallelSpeedupRatio()).isZero();
    assertThat(metrics.failureRate()).isZero();
    assertThat(metrics.timeReductionPercent()).isZero();
  }

  @Test
  void shouldNotTakeTheTimesOfAnEarlierAttemptForALostOne() {
    begin(new Plans().task("A"));
    fail(0, 0, 10, true);
    apply(new SchedulerEvent.TimeReached(0, at(15)), 15);
    ledger.record(0).lost("its machine is gone", at(40));

    assertThat(ledger.record(0).startedAt()).isEqualTo(at(15));
    assertThat(ledger.record(0).runMs()).isEqualTo(25_000);
    assertThat(ledger.record(0).busyMs(at(500))).isEqualTo(35_000);
  }
}
