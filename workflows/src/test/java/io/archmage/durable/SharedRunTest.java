package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.HostActivities;
import io.archmage.contract.InvokeRequest;
import io.archmage.contract.SharedAttempt;
import io.archmage.contract.SharedRun;
import io.archmage.contract.TakeRequest;
import io.archmage.contract.TakenAttempt;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.TaskReport;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on two machines, one of which may fall silent. */
@Timeout(60)
class SharedRunTest {

  private static final String ONE = FakeHost.QUEUE + "@one";
  private static final String TWO = FakeHost.QUEUE + "@two";

  private final FakeHost host = new FakeHost();
  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
  private final List<TakeRequest> taken = new CopyOnWriteArrayList<>();

  private final Map<String, WorkerFactory> factories = new TreeMap<>();

  @AfterEach
  void end() {
    factories.keySet().forEach(this::endMachine);
    environment.close();
  }

  private void endMachine(String queue) {
    factories.get(queue).shutdownNow();
    factories.get(queue).awaitTermination(20, TimeUnit.SECONDS);
  }

  /** Machines that answer on their own queues; where a task goes, the function says. */
  private RunReport run(List<String> machines, Function<TakeRequest, String> where) {
    host.share(machines.getFirst(), new SharedRun("/home/ann/shop", 1_000));
    Worker worker = environment.newWorker(FakeHost.QUEUE);
    worker.registerWorkflowImplementationTypes(PlanWorkflowImpl.class);
    HostActivities take =
        request -> {
          taken.add(request);
          String queue = where.apply(request);
          return new TakenAttempt(queue.substring(queue.indexOf('@') + 1), queue);
        };
    worker.registerActivitiesImplementations(host, take);
    for (String queue : machines) {
      WorkerFactory factory = WorkerFactory.newInstance(environment.getWorkflowClient());
      factory.newWorker(queue).registerActivitiesImplementations(host);
      factory.start();
      factories.put(queue, factory);
    }
    environment.start();
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            PlanWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(FakeHost.QUEUE).setWorkflowId("run").build())
        .run(null, null);
  }

  private static TaskReport task(RunReport report, String id) {
    return report.tasks().stream().filter(task -> task.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void shouldGiveAttemptsToWhoTakesThem() {
    new Plans().task("T1").task("T2", 0).on(host);

    RunReport report =
        run(List.of(ONE, TWO), request -> request.task().equals("T1") ? ONE : TWO);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(report.repository()).isEqualTo("/home/ann/shop");
    assertThat(host.invocations)
        .extracting(InvokeRequest::shared)
        .containsExactly(new SharedAttempt("one", null), new SharedAttempt("two", null));
    assertThat(host.invocations)
        .extracting(InvokeRequest::repository)
        .containsOnly("0123456789ab");
    assertThat(report.published()).isNotNull();
  }

  @Test
  void shouldGoOnElsewhereWhenAMachineFallsSilent() {
    new Plans().task("T1").task("T2").on(host);

    RunReport report =
        run(
            List.of(TWO),
            request -> request.task().equals("T1") && request.attempt() == 1 ? ONE : TWO);

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(task(report, "T1").attempts()).isEqualTo(2);
    InvokeRequest again =
        host.invocations.stream().filter(i -> i.task().equals("T1")).findFirst().orElseThrow();
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.shared()).isEqualTo(new SharedAttempt("two", 1));
    InvokeRequest other =
        host.invocations.stream().filter(i -> i.task().equals("T2")).findFirst().orElseThrow();
    assertThat(again.base()).isEqualTo(other.base());
    assertThat(report.events())
        .anyMatch(
            event -> event.message().contains("one was silent for 1 s; another machine goes on"));
  }

  @Test
  void shouldLeaveTheCheckoutOfAMachineThatFellSilent() {
    new Plans().task("T1").on(host);

    RunReport report =
        run(
            List.of(ONE, TWO),
            request -> {
              endMachine(ONE);
              return TWO;
            });

    assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(Objects.requireNonNull(report.published()).how()).isEqualTo("left");
    assertThat(report.published().because()).contains("the machine with /home/ann/shop");
    assertThat(report.published().command()).isEqualTo("archmage publish run");
    assertThat(host.calls).contains("close completed").doesNotContain("publish head-1");
  }
}
