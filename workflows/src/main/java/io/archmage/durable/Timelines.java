package io.archmage.durable;

import io.archmage.report.TaskReport;
import io.archmage.report.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Puts tasks on a time axis. */
final class Timelines {

  private Timelines() {}

  static Timeline of(String runId, RunLedger ledger, List<TaskReport> tasks) {
    Instant origin =
        tasks.stream()
            .map(TaskReport::readyAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(ledger.startedAt);
    List<Timeline.Bar> bars = tasks.stream().map(task -> bar(origin, task)).toList();
    Instant end =
        tasks.stream()
            .flatMap(task -> Stream.of(task.integratedAt(), task.finishedAt()))
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(origin);
    return new Timeline(
        runId,
        origin,
        bars,
        Duration.between(origin, end).toMillis(),
        tasks.stream().mapToLong(TaskReport::runMs).sum());
  }

  private static Timeline.Bar bar(Instant origin, TaskReport task) {
    return new Timeline.Bar(
        task.id(),
        task.familiar(),
        task.status(),
        RunViews.offset(origin, task.readyAt()),
        RunViews.offset(origin, task.startedAt()),
        RunViews.offset(origin, task.finishedAt()),
        RunViews.offset(origin, task.integratedAt()));
  }
}
