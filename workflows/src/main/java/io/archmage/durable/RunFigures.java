package io.archmage.durable;

import io.archmage.report.Metrics;
import io.archmage.schedule.CriticalPath;
import io.archmage.schedule.LowerBound;
import io.archmage.schedule.ScheduleModel;
import io.archmage.schedule.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Computes the figures of a run from its tasks' times. Tasks under way count as if they ended now;
 * once all tasks have ended the time of asking has no effect.
 */
final class RunFigures {

  private final RunLedger ledger;
  private final Instant now;
  private final List<TaskRecord> records;

  private RunFigures(RunLedger ledger, Instant now) {
    this.ledger = ledger;
    this.now = now;
    records = IntStream.range(0, ledger.size()).mapToObj(ledger::record).toList();
  }

  static Metrics of(RunLedger ledger, Instant now) {
    return new RunFigures(ledger, now).metrics();
  }

  private Metrics metrics() {
    ScheduleModel model = ledger.state().model();
    List<Duration> runTimes =
        withMerges().map(record -> Duration.ofMillis(record.elapsedMs(now))).toList();
    long makespan = makespan();
    long sequential = records.stream().mapToLong(record -> record.elapsedMs(now)).sum();
    long busy = records.stream().mapToLong(record -> record.busyMs(now)).sum();
    long bound = LowerBound.of(model, runTimes).value().toMillis();
    long criticalPath = CriticalPath.of(model, runTimes).length().toMillis();
    return new Metrics(
        ledger.state().inFlight(),
        ledger.state().readyCount(),
        Math.min(1, ratio(busy, (double) model.slots() * makespan)),
        averageWait(),
        ratio(sequential, makespan),
        sequential == 0 ? 0 : 100.0 * (1 - ratio(makespan, sequential)),
        distribution(),
        withMerges().mapToLong(record -> record.mergeMs).sum(),
        failureRate(),
        IntStream.range(0, ledger.size())
            .map(task -> Math.max(0, ledger.state().attempts(task) - 1))
            .sum(),
        ledger.rollbacks(),
        makespan,
        sequential,
        bound,
        ratio(makespan, bound),
        Math.max(0, makespan - criticalPath),
        total());
  }

  private static double ratio(double part, double whole) {
    return whole <= 0 ? 0 : part / whole;
  }

  private long makespan() {
    Instant first =
        records.stream()
            .map(record -> record.readyAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    boolean open =
        IntStream.range(0, ledger.sizeWithMerges())
            .anyMatch(task -> !ledger.state().status(task).terminal());
    Instant last =
        Stream.concat(
            open ? Stream.of(now) : Stream.empty(),
            withMerges().flatMap(r -> Stream.of(r.finishedAt(), r.integratedAt)))
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return first == null || last == null
        ? 0
        : Math.max(0, Duration.between(first, last).toMillis());
  }

  private double averageWait() {
    return records.stream()
        .filter(record -> record.readyAt != null && record.firstStart() != null)
        .mapToLong(
            record -> Math.max(0, Duration.between(record.readyAt, record.firstStart()).toMillis()))
        .average()
        .orElse(0);
  }

  private Metrics.Distribution distribution() {
    long[] sorted =
        records.stream()
            .filter(record -> record.finishedAt() != null)
            .mapToLong(TaskRecord::runMs)
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

  private double failureRate() {
    long failed = count(TaskStatus.FAILED);
    long well = count(TaskStatus.SUCCEEDED) + count(TaskStatus.ROLLED_BACK);
    return ratio(failed, failed + well);
  }

  private long count(TaskStatus status) {
    return IntStream.range(0, ledger.size())
        .filter(task -> ledger.state().status(task) == status)
        .count();
  }

  /** The tasks and the steps that merge their groups. */
  private Stream<TaskRecord> withMerges() {
    return IntStream.range(0, ledger.sizeWithMerges()).mapToObj(ledger::record);
  }

  private long total() {
    Instant end = ledger.endedAt() == null ? now : ledger.endedAt();
    return Math.max(0, Duration.between(ledger.startedAt, end).toMillis());
  }
}
