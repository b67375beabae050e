package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.FailureTypes;
import io.archmage.contract.FileConflict;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.InvokeRequest;
import io.archmage.plan.Execution;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The durable layer on a host that answers what a test tells it to, with time skipped. */
@Timeout(60)
class RunWorkflowTest {

  private final FakeHost host = new FakeHost();
  private PlanRuns runs = PlanRuns.on(host);

  @AfterEach
  void end() {
    runs.close();
  }

  private RunReport failedReport(String id) {
    WorkflowFailedException failure =
        catchThrowableOfType(WorkflowFailedException.class, () -> runs.plan(id).run(null, null));
    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertThat(cause.getType()).isEqualTo(FailureTypes.RUN_NOT_SUCCESSFUL);
    return cause.getDetails().get(0, RunReport.class);
  }

  private static TaskReport task(RunReport report, String id) {
    return report.tasks().stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
  }

  private static void awaitStatus(WorkflowStub stub, String status) {
    Instant deadline = Instant.now().plusSeconds(30);
    while (!stub.query("status", StatusPage.class, (Object) null).counts().containsKey(status)) {
      assertThat(Instant.now()).isBefore(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private List<String> invoked() {
    return host.invocations.stream().map(InvokeRequest::task).toList();
  }

  @Test
  void shouldRunTasksAfterWhatTheyNeed() {
    new Plans().task("T1").task("T2", 0).task("T3").on(host);

    RunReport report = runs.plan("demo").run(null, null);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.tasks()).extracting(TaskReport::id).containsExactly("T1", "T2", "T3");
    assertThat(report.batches()).containsExactly(List.of("T1", "T3"), List.of("T2"));
    assertThat(report.headCommit()).isEqualTo("head-3");
    assertThat(report.costs().usd()).isEqualTo(1.5);
    assertThat(invoked().indexOf("T2")).isGreaterThan(invoked().indexOf("T1"));
    InvokeRequest second =
        host.invocations.stream().filter(i -> i.task().equals("T2")).findFirst().orElseThrow();
    assertThat(second.base()).startsWith("head-");
    assertThat(host.calls).contains("publish head-3", "close completed");
    assertThat(report.reportRef()).isEqualTo("refs/archmage/demo/report");
  }

  @Test
  void shouldHoldTheBarrierBetweenStages() {
    new Plans().barrier().staged("A", 0).staged("B", 0).staged("C", 1).on(host);
    host.script("B", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.EXIT, null));

    runs.plan("stages").run(null, null);

    assertThat(invoked()).containsSubsequence("B", "B", "C");
  }

  @Test
  void shouldRetryAfterTheDelay() {
    new Plans().task("T1").on(host);
    host.script("T1", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.EXIT, null));
    Instant before = runs.now();

    RunReport report = runs.plan("retry").run(null, null);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(task(report, "T1").attempts()).isEqualTo(2);
    assertThat(task(report, "T1").invocations()).isEqualTo(2);
    assertThat(report.metrics().retryCount()).isEqualTo(1);
    assertThat(runs.now()).isAfterOrEqualTo(before.plusSeconds(5));
  }

  @Test
  void shouldSkipWhatNeedsAFailedTaskAndKeepTheRest() {
    new Plans().task("A").task("B", 0).task("C", 1).task("D").on(host);
    for (int attempt = 1; attempt <= 3; attempt++) {
      host.script("A", attempt, new FakeHost.Script.Fail(AttemptFailure.Kind.TIMEOUT, null));
    }

    RunReport report = failedReport("partial");

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(task(report, "A").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task(report, "A").because()).isEqualTo("A exited with 3");
    assertThat(task(report, "A").attempts()).isEqualTo(3);
    assertThat(task(report, "B").because()).isEqualTo("needs A, which failed");
    assertThat(task(report, "C").because()).isEqualTo("needs B, which was skipped");
    assertThat(task(report, "D").status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(report.published().how()).isEqualTo("left");
    assertThat(report.published().command()).isEqualTo("archmage publish " + report.runId());
    assertThat(host.calls).doesNotContain("publish head-1").contains("close partial");
  }

  @Test
  void shouldNotRetryWhatCannotHelp() {
    new Plans().task("A").on(host);
    host.script("A", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.UNAVAILABLE, null));

    RunReport report = failedReport("once");

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(task(report, "A").attempts()).isEqualTo(1);
  }

  @Test
  void shouldTryAgainAtTheTimeAFamiliarNames() {
    new Plans().task("A").on(host);
    Instant later = runs.now().plusSeconds(3600);
    for (int attempt = 1; attempt <= 4; attempt++) {
      host.script("A", attempt, new FakeHost.Script.Fail(AttemptFailure.Kind.TRY_LATER, later));
    }

    RunReport report = runs.plan("later").run(null, null);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(task(report, "A").attempts()).isEqualTo(5);
    assertThat(runs.now()).isAfterOrEqualTo(later);
  }

  @Test
  void shouldRerunOnceAfterAConflictAndThenStopWithBothSidesNamed() {
    new Plans().task("A").task("B").on(host);
    IntegrationResult conflict =
        new IntegrationResult.Conflicted(
            "head-1", List.of(new FileConflict("shared.txt", "both edited the same lines", "A")));
    host.merge("B", 1, conflict);
    host.merge("B", 2, conflict);

    RunReport report = failedReport("conflict");

    TaskReport failed = task(report, "B");
    assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(failed.attempts()).isEqualTo(2);
    assertThat(failed.because()).contains("shared.txt").contains("B and A");
    assertThat(failed.merge().outcome()).isEqualTo("conflicted");
    assertThat(host.invocations)
        .filteredOn(request -> request.task().equals("B") && request.attempt() == 2)
        .first()
        .extracting(InvokeRequest::rerunBecause)
        .asString()
        .contains("shared.txt");
  }

  @Test
  void shouldSayThatARerunMerged() {
    new Plans().task("A").task("B").on(host);
    host.merge(
        "B",
        1,
        new IntegrationResult.Conflicted(
            "head-1", List.of(new FileConflict("shared.txt", "both edited the same lines", "A"))));

    RunReport report = runs.plan("rerun").run(null, null);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(task(report, "B").merge().how()).isEqualTo("rerun");
  }

  @Test
  void shouldFailATaskThatChangesProtectedFiles() {
    new Plans().task("A").on(host);
    host.merge("A", 1, new IntegrationResult.ProtectedPaths(List.of(".gitattributes")));

    RunReport report = failedReport("protected");

    assertThat(task(report, "A").because()).contains(".gitattributes");
    assertThat(task(report, "A").attempts()).isEqualTo(1);
  }

  @Test
  void shouldCancelEverythingAndStillCloseTheRun() throws InterruptedException {
    new Plans().task("A").task("B", 0).on(host);
    host.script("A", 1, new FakeHost.Script.BlockUntilCancelled());
    WorkflowStub stub = WorkflowStub.fromTyped(runs.plan("cancel"));
    stub.start(null, null);
    host.blocked.await();

    stub.cancel("enough");

    assertThatThrownBy(() -> stub.getResult(RunReport.class))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .isInstanceOf(CanceledFailure.class);
    assertThat(host.calls).contains("close cancelled");
    RunReport report = stub.query("report", RunReport.class);
    assertThat(report.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(report.tasks())
        .extracting(TaskReport::status)
        .containsOnly(TaskStatus.CANCELLED);
  }

  @Test
  void shouldCancelAWaitingRetryAtOnce() {
    new Plans().task("A").on(host);
    Instant later = runs.now().plus(Duration.ofDays(2));
    host.script("A", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.TRY_LATER, later));
    WorkflowStub stub = WorkflowStub.fromTyped(runs.plan("waiting"));
    stub.start(null, null);
    awaitStatus(stub, "waiting");

    stub.cancel("enough");

    // Not by getResult: waiting for a result skips time, perhaps before the cancel is seen.
    awaitStatus(stub, "cancelled");
    assertThat(runs.now()).isBefore(later);
    assertThatThrownBy(() -> stub.getResult(RunReport.class))
        .cause()
        .isInstanceOf(CanceledFailure.class);
    assertThat(host.invocations).hasSize(1);
  }

  @Test
  void shouldFailAtOnceWithTheWholeTextOfAnInvalidPlan() {
    host.refuse("plan.json:3:1: unknown task T9\n  fix: did you mean T1?");

    assertThatThrownBy(() -> runs.plan("invalid").run(null, null))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(FailureTypes.INVALID_PLAN);
              assertThat(failure.getOriginalMessage()).contains("did you mean T1?");
              assertThat(failure.isNonRetryable()).isTrue();
            });
  }

  @Test
  void shouldAskTheQueueItIsSentTo() {
    new Plans().task("A").on(host);
    host.redirectTo(FakeHost.QUEUE);

    runs.plan("redirected").run(null, null);

    assertThat(host.calls.stream().filter(call -> call.startsWith("open "))).hasSize(2);
  }

  @Test
  void shouldFetchTheRestOfAPlanInPieces() {
    Plans plans = new Plans();
    for (int task = 0; task < 10; task++) {
      plans.task("T" + task);
    }
    plans.on(host);
    host.pieces(4);

    RunReport report = runs.plan("pieces").run(null, null);

    assertThat(report.tasks()).hasSize(10);
    assertThat(host.calls).contains("piece 4", "piece 8");
  }

  @Test
  void shouldNeverStartMoreThanTheLimit() {
    Plans plans = new Plans().maxParallel(5);
    for (int task = 0; task < 60; task++) {
      plans.task("T" + task);
    }
    plans.on(host);

    runs.plan("limit").run(null, null);

    assertThat(host.mostInFlight.get()).isBetween(1, 5);
    assertThat(host.invocations).hasSize(60);
  }

  @Test
  void shouldDoItsOwnStepsWithoutAProcess() {
    new Plans().task("own-plan").task("B", 0).on(host);

    RunReport report = runs.plan("own").run(null, null);

    assertThat(task(report, "own-plan").status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(task(report, "own-plan").invocations()).isZero();
    assertThat(invoked()).containsExactly("B");
  }

  @Test
  void shouldAnswerTheStatusInPages() {
    Plans plans = new Plans();
    for (int task = 0; task < 10; task++) {
      plans.task("T" + task);
    }
    plans.on(host);
    PlanWorkflow run = runs.plan("pages");
    run.run(null, null);

    StatusPage page =
        WorkflowStub.fromTyped(run)
            .query("status", StatusPage.class, new StatusRequest(4, 3));

    assertThat(page.tasks()).extracting(TaskReport::id).containsExactly("T4", "T5", "T6");
    assertThat(page.counts()).containsExactly(Map.entry("succeeded", 10));
    assertThat(page.taskCount()).isEqualTo(10);
  }

  @Test
  void shouldTellTheTypeToThePlan() {
    new Plans().task("A").on(host);
    ParallelWorkflow parallel = runs.run(ParallelWorkflow.class, "typed");

    parallel.run((RawValue) null, null);

    assertThat(host.calls).contains("prepare parallel");
  }

  @Test
  void shouldCollectResultsInDeclaredOrderAlsoWhenOneFailed() {
    new Plans().execution(Execution.PARALLEL).task("A").task("B").task("C").on(host);
    host.script("B", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.UNAVAILABLE, null));

    RunReport report = failedReport("collect-all");

    assertThat(report.tasks()).extracting(TaskReport::id).containsExactly("A", "B", "C");
    assertThat(report.tasks())
        .extracting(TaskReport::output)
        .containsExactly("done A", "", "done C");
    assertThat(report.output()).isNull();
    assertThat(report.collected()).isNull();
  }

  @Test
  void shouldReportTheOutputOfTheLastStep() {
    new Plans().execution(Execution.PIPELINE).task("A").task("B", 0).on(host);
    PipelineWorkflow pipeline = runs.run(PipelineWorkflow.class, "typed");

    RunReport report = pipeline.run((RawValue) null, null);

    assertThat(host.calls).contains("prepare pipeline");
    assertThat(report.output()).isEqualTo("done B");
    assertThat(report.collected()).isNull();
  }

  @Test
  void shouldHaveNoOutputWithoutTheLastStep() {
    new Plans().execution(Execution.PIPELINE).task("A").task("B", 0).on(host);
    host.script("B", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.UNAVAILABLE, null));

    assertThat(failedReport("broken-pipe").output()).isNull();
  }

  @Test
  void shouldCollectTheChangesOfAllPartsThatSucceeded() {
    new Plans()
        .execution(Execution.FAN_OUT_FAN_IN)
        .task("user")
        .task("broken")
        .task("auth")
        .on(host);
    host.script("broken", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.UNAVAILABLE, null));

    RunReport report = failedReport("fan");

    assertThat(report.collected()).containsExactly("auth.txt", "user.txt");
    assertThat(report.output()).isNull();
  }

  @Test
  void shouldRunAFanOutByItsType() {
    new Plans().execution(Execution.FAN_OUT_FAN_IN).task("auth").on(host);
    FanOutFanInWorkflow fan = runs.run(FanOutFanInWorkflow.class, "typed");

    assertThat(fan.run((RawValue) null, null).collected()).containsExactly("auth.txt");
    assertThat(host.calls).contains("prepare fan_out_fan_in");
  }

  @Test
  void shouldNameTheAttemptsWhoseOutputIsHandedOn() {
    new Plans().task("A").task("B").task("C", 0, 1).on(host);
    host.script("A", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.EXIT, null));

    runs.plan("handed-on").run(null, null);

    assertThat(host.invocations)
        .filteredOn(request -> request.task().equals("C"))
        .singleElement()
        .extracting(InvokeRequest::inputAttempts)
        .isEqualTo(Map.of("A", 2));
  }

  @Test
  void shouldReplayEveryStepWithoutACache() {
    runs.close();
    runs = PlanRuns.replayed(host);
    Plans plans = new Plans().maxParallel(3);
    for (int task = 0; task < 12; task++) {
      plans.task("T" + task, task < 3 ? new int[0] : new int[] {task - 3});
    }
    plans.on(host);
    host.script("T1", 1, new FakeHost.Script.Fail(AttemptFailure.Kind.EXIT, null));

    RunReport report = runs.plan("no-cache").run(null, null);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.tasks()).allMatch(task -> task.status() == TaskStatus.SUCCEEDED);
  }
}
