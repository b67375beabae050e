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
import io.temporal.failure.TimeoutFailure;
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
  private final List<String> again = new CopyOnWriteArrayList<>();
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
        "SIMULATION: %s runs on the in-memory server in %d s; activities %s; %d played again; %d violations%n",
        statuses.stream()
            .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting())),
        (System.nanoTime() - began) / 1_000_000_000, host.troubles, again.size(),
        violations.size());
    assertThat(violations).isEmpty();
    if (one == null) {
      assertThat(statuses).hasSize(RUNS);
      assertThat(host.troubles).containsOnlyKeys(FaultyHost.Trouble.values());
    }
  }

  private void play(long seed) {
    try {
      RunReport report = report("seed-" + seed);
      statuses.add(report.status());
      check(report).forEach(broken -> violations.add(AGAIN.formatted(seed, broken, seed)));
    } catch (RuntimeException | AssertionError failed) {
      violations.add(AGAIN.formatted(seed, failed, seed));
    }
  }

  /**
   * The in-memory server may lose count of its locks on time where an activity's timeout meets its
   * retry, and skips ten years in the middle of a run. A run that hangs by itself does so again.
   */
  private RunReport report(String id) {
    try (PlanRuns runs = PlanRuns.on(host)) {
      return report(runs.plan(id));
    } catch (WorkflowFailedException failed) {
      if (!(failed.getCause() instanceof TimeoutFailure)) {
        throw failed;
      }
    }
    again.add(id);
    host.runs.remove(id);
    try (PlanRuns runs = PlanRuns.on(host)) {
      return report(runs.plan(id));
    }
  }

  private static RunReport report(PlanWorkflow run) {
    WorkflowStub stub = WorkflowStub.fromTyped(run);
    stub.start(null, null);
    try {
      return stub.getResult(RunReport.class);
    } catch (WorkflowFailedException failed) {
      if (!(failed.getCause() instanceof ApplicationFailure cause)) {
        throw failed;
      }
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
