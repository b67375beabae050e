package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.archmage.contract.AttemptFailure;
import io.archmage.contract.FileConflict;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.RollbackResult;
import io.archmage.report.Checkpoint;
import io.archmage.report.RunEvent;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checkpoints and rollbacks as a workflow sees them, without a cache: every task is a replay. */
@Timeout(60)
class RollbackWorkflowTest {

  private static final FakeHost.Script FAIL =
      new FakeHost.Script.Fail(AttemptFailure.Kind.INVALID_RESULT, null);

  private final FakeHost host = new FakeHost();
  private final PlanRuns runs = PlanRuns.replayed(host);

  @AfterEach
  void end() {
    runs.close();
  }

  private PlanWorkflow plan() {
    return runs.plan("run");
  }

  private RunReport failedReport() {
    WorkflowFailedException failure =
        catchThrowableOfType(WorkflowFailedException.class, () -> plan().run(null, null));
    return ((ApplicationFailure) failure.getCause()).getDetails().get(0, RunReport.class);
  }

  private List<String> calls(String prefix) {
    return host.calls.stream().filter(call -> call.startsWith(prefix)).toList();
  }

  private static Plans stages() {
    return new Plans()
        .rollback(true)
        .barrier()
        .staged("A", 0)
        .staged("B", 0)
        .staged("C", 1, 0)
        .staged("D", 1, 1)
        .staged("E", 2, 1);
  }

  @Test
  void shouldRecordTheHeadBeforeEachStage() {
    stages().on(host);

    RunReport report = plan().run(null, null);

    assertThat(report.checkpoints())
        .containsExactly(
            new Checkpoint(1, "base", 1),
            new Checkpoint(2, "head-2", 2),
            new Checkpoint(3, "head-4", 3));
    assertThat(calls("checkpoint"))
        .containsExactly("checkpoint 1 base", "checkpoint 2 head-2", "checkpoint 3 head-4");
    assertThat(report.events())
        .filteredOn(event -> event.type().equals("checkpoint"))
        .extracting(RunEvent::message)
        .contains("checkpoint 2 at head-2 before tasks of stage 2");
    assertThat(report.metrics().rollbackCount()).isZero();
  }

  @Test
  void shouldRecordTheHeadOfAGraphOnceWhereNothingWasMergedSince() {
    new Plans().rollback(false).task("own split").task("A", 0).task("B", 0).on(host);

    assertThat(plan().run(null, null).checkpoints())
        .containsExactly(new Checkpoint(1, "base", null));
  }

  @Test
  void shouldUndoWhatServedOnlyTheFailedTaskAndGoOnFromWhatIsLeft() {
    stages().on(host);
    host.script("C", 1, FAIL);

    RunReport report = failedReport();

    assertThat(report.status()).isEqualTo(RunStatus.ROLLED_BACK);
    assertThat(report.tasks())
        .extracting(TaskReport::status)
        .containsExactly(
            TaskStatus.ROLLED_BACK, TaskStatus.SUCCEEDED, TaskStatus.FAILED,
            TaskStatus.SUCCEEDED, TaskStatus.SUCCEEDED);
    TaskReport undone = report.tasks().getFirst();
    assertThat(undone.because()).startsWith("undone because C failed and nothing else");
    assertThat(undone.commit()).isEqualTo("commit-A-1");
    assertThat(undone.merge().outcome()).isEqualTo("rolled_back");
    assertThat(report.metrics().rollbackCount()).isEqualTo(1);
    assertThat(calls("roll back")).singleElement().asString().startsWith("roll back 1 C [A@head-");
    assertThat(host.invocations)
        .filteredOn(request -> request.task().equals("E"))
        .extracting(InvokeRequest::base)
        .allMatch(base -> base.equals("restored-1") || base.equals("head-3"));
    assertThat(report.events())
        .extracting(RunEvent::type)
        .containsSubsequence(
            "task_failed", "rollback_started", "task_rolled_back", "rolled_back");
  }

  @Test
  void shouldKeepEverySuccessUnlessToldOtherwise() {
    stages().rollback(false).on(host);
    host.script("C", 1, FAIL);

    RunReport report = failedReport();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(calls("roll back")).isEmpty();
    assertThat(report.checkpoints()).hasSize(3);
  }

  @Test
  void shouldStopAndSaySoWhereUndoingDoesNotFit() {
    new Plans().rollback(true).task("A").task("B", 0).task("C").on(host);
    host.script("B", 1, FAIL);
    host.rollbackResult =
        new RollbackResult.Stopped(
            "A", List.of(new FileConflict("x.txt", "both edited the same lines", "C")));

    RunReport report = failedReport();

    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(report.tasks().getFirst().status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(report.notes())
        .containsExactly(
            "Not undone although B failed: A; undoing A does not fit what was merged later:"
                + " x.txt (both edited the same lines: A and C)");
    assertThat(report.metrics().rollbackCount()).isZero();
  }

  @Test
  void shouldEndTheRollbackOfARunThatIsCancelledMeanwhile() throws Exception {
    new Plans().rollback(true).task("A").task("B", 0).task("C").on(host);
    host.script("B", 1, FAIL);
    host.script("C", 1, new FakeHost.Script.BlockUntilCancelled());
    host.rollbackGate = new CountDownLatch(1);
    PlanWorkflow plan = plan();
    WorkflowClient.start(plan::run, null, null);
    assertThat(host.rollback.await(30, TimeUnit.SECONDS)).isTrue();
    WorkflowStub stub = WorkflowStub.fromTyped(plan);
    stub.cancel();
    assertThat(host.blocked.await(30, TimeUnit.SECONDS)).isTrue();
    host.rollbackGate.countDown();

    assertThatThrownBy(() -> stub.getResult(RunReport.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    RunReport report = stub.query("report", RunReport.class);
    assertThat(report.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(report.headCommit()).isEqualTo("restored-1");
    assertThat(report.tasks())
        .extracting(TaskReport::status)
        .containsExactly(TaskStatus.ROLLED_BACK, TaskStatus.FAILED, TaskStatus.CANCELLED);
  }

  @Test
  void shouldDoNothingOfItInARunThatBeganBefore() {
    new Plans().barrier().staged("A", 0).staged("B", 1, 0).on(host);
    host.script("B", 1, FAIL);

    RunReport report = failedReport();

    assertThat(report.checkpoints()).isEmpty();
    assertThat(calls("checkpoint")).isEmpty();
    assertThat(report.status()).isEqualTo(RunStatus.PARTIAL);
  }
}
