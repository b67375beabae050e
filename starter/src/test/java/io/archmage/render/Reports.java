package io.archmage.render;

import io.archmage.contract.Published;
import io.archmage.contract.Usage;
import io.archmage.plan.Execution;
import io.archmage.report.Costs;
import io.archmage.report.MergeReport;
import io.archmage.report.Metrics;
import io.archmage.report.RunEvent;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports, status pages and tasks for tests. */
public final class Reports {

  /** When everything in tests begins. */
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private Reports() {}

  /** A task that ended well with one file. */
  public static TaskReport succeeded(String id, String familiar, long fromMs, long toMs) {
    return new TaskReport(
        id,
        "do " + id,
        familiar,
        null,
        TaskStatus.SUCCEEDED,
        1,
        1,
        COMMIT,
        List.of("src/" + id + ".txt"),
        "done",
        null,
        null,
        List.of(),
        START.plusMillis(fromMs),
        START.plusMillis(fromMs),
        START.plusMillis(toMs),
        START.plusMillis(toMs + 100),
        toMs - fromMs,
        new Usage(0, 0, 0, 0),
        new MergeReport("merged", "textual", List.of("src/" + id + ".txt"), List.of()),
        null,
        null);
  }

  /** A task in that state. */
  public static TaskReport task(
      String id,
      String familiar,
      TaskStatus status,
      int attempts,
      @Nullable String because,
      @Nullable String output) {
    boolean ran = attempts > 0;
    return new TaskReport(
        id,
        "do " + id,
        familiar,
        null,
        status,
        attempts,
        attempts,
        null,
        List.of(),
        output,
        null,
        because,
        List.of(),
        ran ? START : null,
        ran ? START : null,
        null,
        null,
        0,
        new Usage(0, 0, 0, 0),
        null,
        null,
        null);
  }

  /** A report of these tasks. */
  public static RunReport report(
      RunStatus status, @Nullable Published published, TaskReport... tasks) {
    return report(status, published, null, List.of(tasks));
  }

  /** A report of these tasks with an output. */
  public static RunReport report(
      RunStatus status,
      @Nullable Published published,
      @Nullable String output,
      List<TaskReport> tasks) {
    return new RunReport(
        "demo-1",
        Execution.STAGED_PARALLEL,
        status,
        "/home/ada/shop",
        COMMIT,
        COMMIT,
        "archmage/demo-1",
        published,
        tasks,
        List.of(),
        new Metrics(
            0, 0, 0.5, 3, 1.46, 31.6, new Metrics.Distribution(1, 2, 3), 5, 0, 0, 0, 4_200, 6_132,
            4_100, 1.02, 100, 4_500),
        new Costs(0.25, 1200, 340, Map.of()),
        List.of(),
        List.of(new RunEvent(START, "task_started", "UI", "stitch, attempt 1")),
        List.of("uncommitted changes are not in the base"),
        false,
        null,
        output,
        null);
  }

  /** A report that was published by fast-forward. */
  public static Published published() {
    return new Published("main", COMMIT, "fast_forward", null, null);
  }

  /** A status page of these tasks. */
  public static StatusPage page(RunStatus status, List<RunEvent> events, TaskReport... tasks) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (TaskStatus each : TaskStatus.values()) {
      int count = (int) List.of(tasks).stream().filter(task -> task.status() == each).count();
      if (count > 0) {
        counts.put(each.key(), count);
      }
    }
    return new StatusPage(
        "demo-1",
        status,
        Execution.STAGED_PARALLEL,
        "/home/ada/shop",
        "archmage/demo-1",
        COMMIT,
        COMMIT,
        START,
        tasks.length,
        counts,
        0,
        List.of(tasks),
        events,
        List.of());
  }
}
