package io.archmage.render;

import io.archmage.report.Metric;
import io.archmage.report.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of a run as text. */
public final class MetricText {

  private static final String LABEL = "Metrics    ";

  private MetricText() {}

  /** One line per group with the chosen figures in it, behind a label; nothing if none is. */
  public static List<String> lines(Metrics metrics, List<Metric> chosen) {
    List<String> lines = new ArrayList<>();
    for (Metric.Group group : Metric.Group.values()) {
      String line =
          chosen.stream()
              .filter(metric -> metric.group() == group)
              .map(metric -> metric.label() + " " + value(metrics, metric))
              .collect(Collectors.joining(", "));
      if (!line.isEmpty()) {
        lines.add((lines.isEmpty() ? LABEL : " ".repeat(LABEL.length())) + line);
      }
    }
    return lines;
  }

  /** The chosen figures, one per line. */
  public static List<String> table(
      Metrics metrics, List<Metric> chosen, Style style, int width) {
    Tables table = new Tables("GROUP", "METRIC", "VALUE");
    Metric.Group last = null;
    for (Metric metric : chosen) {
      table.row(
          Tables.Cell.of(metric.group() == last ? "" : metric.group().key()),
          Tables.Cell.of(metric.label()),
          Tables.Cell.of(value(metrics, metric)));
      last = metric.group();
    }
    return table.lines(style, width);
  }

  /** The figure with its unit. */
  static String value(Metrics metrics, Metric metric) {
    return switch (metric) {
      case ACTIVE_TASKS -> String.valueOf(metrics.activeTasks());
      case QUEUE_DEPTH -> String.valueOf(metrics.queueDepth());
      case SLOT_UTILIZATION -> percent(metrics.slotUtilization());
      case AVG_WAIT_TIME -> Durations.ofMillis(Math.round(metrics.avgWaitTimeMs()));
      case PARALLEL_SPEEDUP_RATIO ->
        String.format(Locale.ROOT, "%.2f", metrics.parallelSpeedupRatio());
      case TASK_COMPLETION_TIME ->
        "p50 "
            + Durations.ofMillis(metrics.taskCompletionTimeMs().p50())
            + " p95 "
            + Durations.ofMillis(metrics.taskCompletionTimeMs().p95())
            + " max "
            + Durations.ofMillis(metrics.taskCompletionTimeMs().max());
      case MERGE_TIME -> Durations.ofMillis(metrics.mergeTimeMs());
      case FAILURE_RATE -> percent(metrics.failureRate());
      case RETRY_COUNT -> String.valueOf(metrics.retryCount());
      case ROLLBACK_COUNT -> String.valueOf(metrics.rollbackCount());
    };
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
