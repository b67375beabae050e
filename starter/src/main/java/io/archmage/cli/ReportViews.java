package io.archmage.cli;

import io.archmage.report.RunReport;
import io.archmage.report.StatusPage;
import io.archmage.report.TaskReport;
import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an ended run's queries would answer, from its report. */
final class ReportViews {

  private ReportViews() {}

  /** The status of all tasks. */
  static StatusPage status(RunReport report, Instant startedAt) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (TaskStatus status : TaskStatus.values()) {
      long count = report.tasks().stream().filter(task -> task.status() == status).count();
      if (count > 0) {
        counts.put(status.key(), (int) count);
      }
    }
    return new StatusPage(
        report.runId(),
        report.status(),
        report.execution(),
        report.repository(),
        report.branch(),
        report.baseCommit(),
        report.headCommit(),
        startedAt,
        report.tasks().size(),
        counts,
        0,
        report.tasks(),
        report.events(),
        report.notes());
  }

  /** The timeline, counted from the first task that was ready. */
  static Timeline timeline(RunReport report, Instant startedAt) {
    Instant origin =
        report.tasks()
            .stream()
            .map(TaskReport::readyAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(startedAt);
    List<Timeline.Bar> bars =
        report.tasks()
            .stream()
            .map(
                task -> new Timeline.Bar(
                    task.id(),
                    task.familiar(),
                    task.status(),
                    offset(origin, task.readyAt()),
                    offset(origin, task.startedAt()),
                    offset(origin, task.finishedAt()),
                    offset(origin, task.integratedAt())))
            .toList();
    return new Timeline(
        report.runId(),
        origin,
        bars,
        report.metrics().makespanMs(),
        report.metrics().sequentialMs());
  }

  private static @Nullable Long offset(Instant origin, @Nullable Instant at) {
    return at == null ? null : Duration.between(origin, at).toMillis();
  }
}
