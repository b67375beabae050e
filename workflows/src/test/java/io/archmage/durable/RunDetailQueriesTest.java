package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.report.BatchPage;
import io.archmage.report.BatchesRequest;
import io.archmage.report.Costs;
import io.archmage.report.MetricsRequest;
import io.archmage.report.PlanPage;
import io.archmage.report.SlotPage;
import io.archmage.report.StatusRequest;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queries about parts of a run, on every workflow type, while it goes on and afterwards. */
@Timeout(60)
class RunDetailQueriesTest {

  private final FakeHost host = new FakeHost();
  private final PlanRuns runs = PlanRuns.on(host);

  @AfterEach
  void end() {
    runs.close();
  }

  private WorkflowStub start(String type) {
    WorkflowStub stub =
        runs.client()
            .newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(FakeHost.QUEUE)
                    .setWorkflowId("run")
                    .build());
    stub.start(null, null);
    return stub;
  }

  /** Two tasks of which one hangs, and one after both. */
  private WorkflowStub running() throws InterruptedException {
    new Plans()
        .maxParallel(3)
        .task("A")
        .task("B")
        .task("C", 0, 1)
        .because("declared", "file_conflict: src/a: b.ts")
        .on(host);
    host.script("B", 1, new FakeHost.Script.BlockUntilCancelled());
    WorkflowStub stub = start("Plan");
    assertThat(host.blocked.await(30, TimeUnit.SECONDS)).isTrue();
    Instant deadline = Instant.now().plusSeconds(30);
    while (batches(stub, null).batches().getFirst().counts().get("succeeded") == null) {
      assertThat(Instant.now()).isBefore(deadline);
    }
    return stub;
  }

  private static BatchPage batches(WorkflowStub stub, BatchesRequest request) {
    return stub.query("batches", BatchPage.class, request);
  }

  private static JsonNode metrics(WorkflowStub stub, String... names) {
    return stub.query("metrics", JsonNode.class, new MetricsRequest(List.of(names), null));
  }

  @Test
  void shouldAnswerWhileTheRunGoesOn() throws Exception {
    WorkflowStub stub = running();

    PlanPage plan = stub.query("plan", PlanPage.class, (Object) null);
    assertThat(plan.planObject()).isEqualTo("plan-id");
    assertThat(plan.taskCount()).isEqualTo(3);
    assertThat(plan.batches()).containsExactly(List.of("A", "B"), List.of("C"));
    assertThat(plan.tasks().get(2).batch()).isEqualTo(2);
    assertThat(plan.tasks().get(2).dependsOn())
        .containsExactly(
            new PlanPage.Dependency("A", "hard", "declared", null, true),
            new PlanPage.Dependency("B", "hard", "file_conflict", "src/a: b.ts", true));

    BatchPage all = batches(stub, null);
    assertThat(all.batchCount()).isEqualTo(2);
    assertThat(all.batches()).extracting(BatchPage.Batch::status)
        .containsExactly(BatchPage.State.RUNNING, BatchPage.State.PENDING);
    assertThat(all.batches().getFirst().counts()).containsEntry("running", 1);
    assertThat(all.batches().getFirst().finishedAt()).isNull();

    SlotPage slots = stub.query("slots", SlotPage.class);
    assertThat(slots.busy()).isEqualTo(1);
    assertThat(slots.slots()).hasSize(3);
    SlotPage.Slot second = slots.slots().get(1);
    assertThat(second.slot()).isEqualTo(2);
    assertThat(second.familiar()).isEqualTo("codex");
    assertThat(second.task()).isEqualTo("B");
    assertThat(second.attempt()).isEqualTo(1);
    assertThat(slots.slots().getFirst().task()).isNull();

    assertThat(metrics(stub).size()).isEqualTo(17);
    assertThat(metrics(stub, "active_tasks").toString()).isEqualTo("{\"active_tasks\":1}");
    JsonNode later =
        stub.query(
            "metrics",
            JsonNode.class,
            new MetricsRequest(List.of(), Objects.requireNonNull(second.since()).plusSeconds(60)));
    assertThat(later.get("makespan_ms").asLong()).isBetween(59_000L, 70_000L);

    assertThat(stub.query("costs", Costs.class).usd()).isEqualTo(0.5);
    stub.cancel();
    assertThatThrownBy(() -> stub.getResult(Object.class))
        .isInstanceOf(WorkflowFailedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Plan", "Parallel", "StagedParallel", "Pipeline", "FanOutFanIn"})
  void shouldAnswerAfterTheRun(String type) {
    new Plans().task("A").task("B", 0).on(host);
    WorkflowStub stub = start(type);
    stub.getResult(Object.class);

    assertThat(batches(stub, null).batches()).extracting(BatchPage.Batch::status)
        .containsExactly(BatchPage.State.COMPLETED, BatchPage.State.COMPLETED);
    assertThat(batches(stub, new BatchesRequest(2)).batches()).singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.tasks()).containsExactly("B");
              assertThat(batch.batchNumber()).isEqualTo(2);
              assertThat(batch.finishedAt()).isAfterOrEqualTo(batch.startedAt());
            });
    assertThat(stub.query("slots", SlotPage.class).busy()).isZero();
    assertThat(stub.query("costs", Costs.class).byFamiliar()).containsOnlyKeys("codex");
    PlanPage second = stub.query("plan", PlanPage.class, new StatusRequest(1, 1));
    assertThat(second.tasks()).extracting(PlanPage.PlannedTask::id).containsExactly("B");
  }

  @Test
  void shouldKnowEveryMetricByBothNames() {
    new Plans().task("A").on(host);
    WorkflowStub stub = start("Plan");
    stub.getResult(Object.class);

    JsonNode picked =
        metrics(
            stub,
            "active_tasks",
            "queue_depth",
            "slot_utilization",
            "avg_wait_time",
            "parallel_speedup_ratio",
            "task_completion_time",
            "merge_time",
            "failure_rate",
            "retry_count",
            "rollback_count",
            "merge_time_ms",
            "time_reduction_pct");

    assertThat(picked.size()).isEqualTo(12);
    assertThat(picked.get("merge_time")).isEqualTo(picked.get("merge_time_ms"));
    assertThat(picked.get("task_completion_time").fieldNames()).toIterable()
        .containsExactly("p50", "p95", "max");
  }

  @Test
  void shouldRefuseWhatThereIsNot() {
    new Plans().task("A").on(host);
    WorkflowStub stub = start("Plan");
    stub.getResult(Object.class);

    assertThatThrownBy(() -> batches(stub, new BatchesRequest(0)))
        .isInstanceOf(WorkflowQueryException.class)
        .rootCause()
        .hasMessageContaining("There is no batch 0; batches are numbered from 1 to 1.");
    assertThatThrownBy(() -> metrics(stub, "merge_tim"))
        .rootCause()
        .hasMessageContaining("There is no metric \"merge_tim\". Did you mean \"merge_time\"?");
  }
}
