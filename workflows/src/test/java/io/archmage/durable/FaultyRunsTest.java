package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.contract.FailureTypes;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The durable workflows themselves, on the in-memory server, with plans and faults of seeds; {@code
 * -Dsimulation.seed=S} plays only that one.
 */
@Timeout(120)
class FaultyRunsTest {

  private static final int RUNS = 50;

  private static final int AT_ONCE = 10;
  private static final String AGAIN =
      "seed %d: %s; play it again with -Dtest=FaultyRunsTest -Dsimulation.seed=%d";

  private final FaultyHost host = new FaultyHost();
  private final List<RunStatus> statuses = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  @Test
  void shouldKeepEveryPromiseWhateverFails() {
    long began = System.nanoTime();
    Long one = Long.getLong("simulation.seed");
    long first = one == null ? 0 : one;
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      LongStream.range(first, first + (one == null ? RUNS : 1))
          .forEach(seed -> threads.execute(() -> play(seed)));
    }
    System.out.printf(
        "SIMULATION: %s runs on the in-memory server in %d s; activities %s; %d violations%n",
        statuses.stream()
            .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting())),
        (System.nanoTime() - began) / 1_000_000_000, host.troubles, violations.size());
    assertThat(violations).isEmpty();
    if (one == null) {
      assertThat(statuses).hasSize(RUNS);
      assertThat(host.troubles).containsOnlyKeys(FaultyHost.Trouble.values());
    }
  }

  private void play(long seed) {
    try (PlanRuns runs = PlanRuns.on(host)) {
      WorkflowStub stub = WorkflowStub.fromTyped(runs.plan("seed-" + seed));
      stub.start(null, null);
      RunReport report = report(stub);
      statuses.add(report.status());
      check(report).forEach(broken -> violations.add(AGAIN.formatted(seed, broken, seed)));
    } catch (RuntimeException | AssertionError failed) {
      violations.add(AGAIN.formatted(seed, failed, seed));
    }
  }

  private static RunReport report(WorkflowStub stub) {
    try {
      return stub.getResult(RunReport.class);
    } catch (WorkflowFailedException failed) {
      ApplicationFailure cause = (ApplicationFailure) failed.getCause();
      assertThat(cause.getType()).as(cause.getOriginalMessage())
          .isEqualTo(FailureTypes.RUN_NOT_SUCCESSFUL);
      return cause.getDetails().get(0, RunReport.class);
    }
  }

  private List<String> check(RunReport report) {
    FaultyRun run = host.runs.get(report.runId());
    List<String> broken = new ArrayList<>(run.violations);
    int succeeded = 0;
    for (TaskReport task : report.tasks()) {
      int index = run.index(task.id());
      boolean good = task.status() == TaskStatus.SUCCEEDED;
      succeeded += good ? 1 : 0;
      if (good && run.plan.changes(index) != run.isMerged(task.id())
          || !good && run.isMerged(task.id())) {
        broken.add(task.id() + " is " + task.status() + ", merged: " + run.isMerged(task.id()));
      }
      // An attempt may be called off before a worker takes it.
      int fewest = task.status() == TaskStatus.CANCELLED ? 0 : task.attempts();
      if (!task.familiar().equals("archmage")
          && (run.ended(task.id()) < fewest || run.ended(task.id()) > task.attempts())) {
        broken.add(
            task.id() + " has " + task.attempts() + " attempts, ran " + run.ended(task.id()));
      }
      if (!task.status().terminal()) {
        broken.add(task.id() + " is " + task.status());
      }
    }
    RunStatus fits =
        succeeded == report.tasks().size()
            ? RunStatus.COMPLETED
            : succeeded > 0 ? RunStatus.PARTIAL : RunStatus.FAILED;
    if (report.status() != fits || !fits.key().equals(run.closed)) {
      broken.add("the run ended " + report.status() + ", closed as " + run.closed);
    }
    if (!report.headCommit().equals(run.head())) {
      broken.add("the report says " + report.headCommit() + ", the branch is at " + run.head());
    }
    if (run.published != null && !run.published.equals(run.head())) {
      broken.add(run.published + " was published, the branch is at " + run.head());
    }
    return broken;
  }
}
