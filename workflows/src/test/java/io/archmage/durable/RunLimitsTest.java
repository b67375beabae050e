package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.PreparedLimits;
import io.archmage.contract.PreparedRate;
import io.archmage.report.RunEvent;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.TaskReport;
import io.archmage.schedule.RateUnit;
import io.archmage.schedule.TaskStatus;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits over time and the end at the first failure in whole runs, with time skipped. */
@Timeout(60)
class RunLimitsTest {

  private static final PreparedLimits TEN_PER_MINUTE = codex(10, RateUnit.MINUTE);

  private final FakeHost host = new FakeHost();
  private final PlanRuns runs = PlanRuns.on(host);

  @AfterEach
  void end() {
    runs.close();
  }

  @Test
  void shouldStartTheEleventhOfTenPerMinuteAMinuteAfterTheFirst() {
    tasks(11).limits(TEN_PER_MINUTE).maxParallel(20).on(host);

    RunReport report = plan("eleven").run(null, null);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    List<Instant> starts = starts(report);
    assertThat(starts).hasSize(11);
    assertThat(Duration.between(starts.getFirst(), starts.getLast()))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(Duration.between(starts.getFirst(), starts.get(9)))
        .isLessThan(Duration.ofMinutes(1));
    assertThat(report.tasks()).extracting(TaskReport::attempts).containsOnly(1);
    // One, and another where processes started later than they were dispatched.
    assertThat(timers("eleven")).isBetween(1L, 2L);
  }

  @Test
  void shouldSayWhichLimitATaskWaitsForAndUntilWhen() {
    tasks(3).limits(codex(2, RateUnit.HOUR)).on(host);
    WorkflowStub stub = WorkflowStub.fromTyped(plan("waits"));
    stub.start(null, null);

    StatusPage status = statusWith(stub, Map.of("ready", 1, "succeeded", 2));

    assertThat(status.tasks().get(2).because())
        .matches("rate limit codex 2/hour, next start [0-9]{2}:[0-9]{2}:[0-9]{2} UTC");
    assertThat(status.tasks().get(2).attempts()).isZero();
    stub.cancel("enough");
    statusWith(stub, Map.of("cancelled", 1, "succeeded", 2));
  }

  @Test
  void shouldNotStartATimerWhereNothingIsLimited() {
    tasks(11).on(host);

    plan("free").run(null, null);

    assertThat(timers("free")).isZero();
  }

  @Test
  void shouldCountTheCallsThatFamiliarsReport() {
    // Every attempt of the fake host reports one call and three tokens.
    tasks(8).limits(new PreparedLimits(List.of(), 3, null, false, List.of()))
        .maxParallel(20)
        .on(host);

    RunReport report = plan("calls").run(null, null);

    List<Instant> starts = starts(report);
    for (int start = 3; start < starts.size(); start++) {
      assertThat(Duration.between(starts.get(start - 3), starts.get(start)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }
  }

  @Test
  void shouldHoldTasksBackOnceTheTokensAreUsed() {
    tasks(4).limits(new PreparedLimits(List.of(), null, 7L, false, List.of()))
        .maxParallel(1)
        .on(host);

    RunReport report = plan("tokens").run(null, null);

    List<Instant> starts = starts(report);
    assertThat(Duration.between(starts.get(0), starts.get(1))).isLessThan(Duration.ofMinutes(1));
    assertThat(Duration.between(starts.get(0), starts.get(2)))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void shouldTryThreeTimesFiveSecondsApartAndThenSkipDependentsOnly() {
    new Plans().task("A").task("B", 0).task("C").on(host);
    for (int attempt = 1; attempt <= 3; attempt++) {
      host.script("A", attempt, new FakeHost.Script.Fail(AttemptFailure.Kind.EXIT, null));
    }

    RunReport report = failed("isolated");

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    List<Instant> starts =
        report.events()
            .stream()
            .filter(event -> "A".equals(event.task()))
            .filter(event -> event.type().matches("task_(started|retried)"))
            .map(RunEvent::at)
            .toList();
    assertThat(starts).hasSize(3);
    assertThat(Duration.between(starts.get(0), starts.get(1))).isBetween(seconds(5), seconds(15));
    assertThat(Duration.between(starts.get(1), starts.get(2))).isBetween(seconds(5), seconds(15));
    assertThat(task(report, "A").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task(report, "B").status()).isEqualTo(TaskStatus.SKIPPED);
    assertThat(task(report, "B").because()).isEqualTo("needs A, which failed");
    assertThat(task(report, "C").status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(report.headCommit()).isEqualTo("head-1");
  }

  @Test
  void shouldStopWhatRunsAndSkipTheRestAtTheFirstFailureIfAsked() {
    new Plans()
        .task("A")
        .task("B")
        .task("C", 0)
        .task("D", 1)
        .limits(new PreparedLimits(List.of(), null, null, true, List.of()))
        .on(host);
    host.script("A", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.UNAVAILABLE, null));
    host.script("B", 1, new FakeHost.Script.BlockUntilCancelled());

    RunReport report = failed("fast");

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(task(report, "A").because()).isEqualTo("A exited with 3");
    assertThat(task(report, "B").status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task(report, "B").because())
        .isEqualTo("stopped because A failed, and the run ends at its first failure (fail_fast)");
    assertThat(task(report, "C").because()).isEqualTo("needs A, which failed");
    assertThat(task(report, "D").status()).isEqualTo(TaskStatus.SKIPPED);
    assertThat(task(report, "D").because())
        .isEqualTo("A failed, and the run ends at its first failure (fail_fast)");
    assertThat(host.calls).contains("close failed");
  }

  private static PreparedLimits codex(int starts, RateUnit unit) {
    return new PreparedLimits(
        List.of(new PreparedRate(0, starts, unit)), null, null, false, List.of());
  }

  private static Plans tasks(int count) {
    Plans plans = new Plans();
    for (int task = 0; task < count; task++) {
      plans.task("T" + task);
    }
    return plans;
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private static List<Instant> starts(RunReport report) {
    return report.events()
        .stream()
        .filter(event -> event.type().equals("task_started"))
        .map(RunEvent::at)
        .toList();
  }

  private static TaskReport task(RunReport report, String id) {
    return report.tasks().stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
  }

  private PlanWorkflow plan(String id) {
    return runs.plan(id);
  }

  private RunReport failed(String id) {
    WorkflowFailedException failure =
        catchThrowableOfType(WorkflowFailedException.class, () -> plan(id).run(null, null));
    return ((ApplicationFailure) failure.getCause()).getDetails().get(0, RunReport.class);
  }

  private long timers(String id) {
    return runs.history(id)
        .getEvents()
        .stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)
        .count();
  }

  private static StatusPage statusWith(WorkflowStub stub, Map<String, Integer> counts) {
    Instant deadline = Instant.now().plusSeconds(30);
    List<Map<String, Integer>> seen = new ArrayList<>();
    while (true) {
      StatusPage page = stub.query("status", StatusPage.class, (Object) null);
      seen.add(page.counts());
      if (page.counts().equals(counts)) {
        return page;
      }
      assertThat(Instant.now()).as("%s", seen.getLast()).isBefore(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
