package io.archmage.durable;

import io.archmage.report.Metrics;
import io.archmage.report.TaskReport;
import io.archmage.schedule.CriticalPath;
import io.archmage.schedule.FamiliarCap;
import io.archmage.schedule.LowerBound;
import io.archmage.schedule.ScheduleModel;
import io.archmage.schedule.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Computes the figures of a run from its tasks' times. */
final class RunFigures {

  private RunFigures() {}

  static Metrics of(RunLedger ledger, List<TaskReport> tasks) {
    ScheduleModel model = ledger.state().model();
    List<Duration> runTimes =
        tasks.stream().map(task -> Duration.ofMillis(task.runMs())).toList();
    long makespan = makespan(tasks);
    long sequential = tasks.stream().mapToLong(TaskReport::runMs).sum();
    long bound = LowerBound.of(model, runTimes).value().toMillis();
    long criticalPath = CriticalPath.of(model, runTimes).length().toMillis();
    int slots =
        Math.min(
            model.maxParallel(), model.familiars().stream().mapToInt(FamiliarCap::instances).sum());
    return new Metrics(
        ledger.state().inFlight(),
        ledger.state().readyCount(),
        ratio(sequential, (double) slots * makespan),
        averageWait(tasks),
        ratio(sequential, makespan),
        makespan == 0 ? 0 : 100.0 * (1 - ratio(makespan, sequential)),
        distribution(tasks),
        mergeTime(ledger),
        failureRate(tasks),
        tasks.stream().mapToInt(task -> Math.max(0, task.attempts() - 1)).sum(),
        0,
        makespan,
        sequential,
        bound,
        ratio(makespan, bound),
        Math.max(0, makespan - criticalPath),
        total(ledger));
  }

  private static double ratio(double part, double whole) {
    return whole <= 0 ? 0 : part / whole;
  }

  private static long makespan(List<TaskReport> tasks) {
    Instant first =
        tasks.stream()
            .map(TaskReport::readyAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    Instant last =
        tasks.stream()
            .flatMap(task -> Stream.of(task.finishedAt(), task.integratedAt()))
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return first == null || last == null
        ? 0
        : Math.max(0, Duration.between(first, last).toMillis());
  }

  private static double averageWait(List<TaskReport> tasks) {
    return tasks.stream()
        .filter(task -> task.readyAt() != null && task.startedAt() != null)
        .mapToLong(task -> Duration.between(task.readyAt(), task.startedAt()).toMillis())
        .average()
        .orElse(0);
  }

  private static Metrics.Distribution distribution(List<TaskReport> tasks) {
    long[] sorted =
        tasks.stream()
            .filter(task -> task.finishedAt() != null)
            .mapToLong(TaskReport::runMs)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return new Metrics.Distribution(0, 0, 0);
    }
    return new Metrics.Distribution(
        percentile(sorted, 0.5), percentile(sorted, 0.95), sorted[sorted.length - 1]);
  }

  private static long percentile(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  private static long mergeTime(RunLedger ledger) {
    long sum = 0;
    for (int task = 0; task < ledger.size(); task++) {
      sum += ledger.record(task).mergeMs;
    }
    return sum;
  }

  private static double failureRate(List<TaskReport> tasks) {
    long failed = tasks.stream().filter(task -> task.status() == TaskStatus.FAILED).count();
    long finished =
        failed + tasks.stream().filter(task -> task.status() == TaskStatus.SUCCEEDED).count();
    return ratio(failed, finished);
  }

  private static long total(RunLedger ledger) {
    Instant end = ledger.endedAt() == null ? Clocks.now() : ledger.endedAt();
    return Duration.between(ledger.startedAt, end).toMillis();
  }
}
