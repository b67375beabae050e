package io.archmage.durable;

import io.archmage.report.RunEvent;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.StatusPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.TaskReport;
import io.archmage.report.Timeline;
import io.archmage.schedule.TaskStatus;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run shows of itself: queries, report and the board of the Web UI. */
final class RunViews implements RunQueries {

  /** Events on a status page; the report has more. */
  private static final int PAGE_EVENTS = 50;

  private final String runId;
  private final Instant startedAt;
  private @Nullable RunLedger ledger;

  RunViews(String runId, Instant startedAt) {
    this.runId = runId;
    this.startedAt = startedAt;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** From now on the ledger is shown. */
  void show(RunLedger value) {
    ledger = value;
    refresh();
  }

  /** Brings the board of the Web UI up to date; costs no event. */
  void refresh() {
    RunLedger known = ledger;
    if (known == null) {
      return;
    }
    RunStatus status = status(known);
    List<Integer> shown = known.shown();
    String headline =
        "**" + status.key() + "** · branch `" + known.plan.branch() + "` · "
            + countsText(known, shown);
    List<String> footer = new ArrayList<>(known.notes());
    if (known.published() != null) {
      footer.add(PublishText.of(known.published()));
    }
    if (known.reportRef() != null) {
      footer.add("The whole report: `git cat-file -p " + known.reportRef() + "`");
    }
    Workflow.setCurrentDetails(
        StatusBoard.markdown(headline, mostUrgent(known, shown), shown.size(), Clocks.now(),
            footer));
  }

  @Override
  public StatusPage status(@Nullable StatusRequest request) {
    RunLedger known = ledger;
    if (known == null) {
      return new StatusPage(
          runId, RunStatus.PREPARING, null, null, null, null, null, startedAt, 0, Map.of(), 0,
          List.of(), List.of(), List.of());
    }
    int offset = request == null ? 0 : Math.max(0, request.offset());
    int limit =
        request == null || request.limit() <= 0 ? StatusRequest.DEFAULT_LIMIT : request.limit();
    List<Integer> shown = known.shown();
    return new StatusPage(
        runId,
        status(known),
        known.plan.execution(),
        known.repository,
        known.plan.branch(),
        known.plan.baseCommit(),
        known.head(),
        startedAt,
        shown.size(),
        counts(known, shown),
        offset,
        tasks(known, shown, offset, limit),
        newest(known),
        known.notes());
  }

  @Override
  public Timeline timeline() {
    return Timelines.of(runId, ready(), allTasks());
  }

  @Override
  public RunReport report() {
    RunLedger known = ready();
    return Reports.of(runId, status(known), known, allTasks());
  }

  String runId() {
    return runId;
  }

  /** All tasks as they stand. */
  List<TaskReport> allTasks() {
    RunLedger known = ready();
    return tasks(known, known.shown(), 0, known.size());
  }

  /**
   * The ledger.
   *
   * @throws ApplicationFailure before there is one
   */
  RunLedger ready() {
    RunLedger known = ledger;
    if (known == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "The plan is still being prepared; ask again in a moment.", "NotReady");
    }
    return known;
  }

  private static RunStatus status(RunLedger ledger) {
    RunStatus status = Outcome.of(ledger);
    return status.terminal() && ledger.endedAt() == null ? RunStatus.RUNNING : status;
  }

  private static String countsText(RunLedger ledger, List<Integer> shown) {
    return counts(ledger, shown)
        .entrySet()
        .stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Integer> counts(RunLedger ledger, List<Integer> shown) {
    Map<TaskStatus, Integer> byStatus = new EnumMap<>(TaskStatus.class);
    shown.forEach(task -> byStatus.merge(ledger.state().status(task), 1, Integer::sum));
    Map<String, Integer> counts = new LinkedHashMap<>();
    byStatus.forEach((status, count) -> counts.put(status.key(), count));
    return counts;
  }

  private static List<TaskReport> tasks(
      RunLedger ledger, List<Integer> shown, int offset, int limit) {
    List<TaskReport> tasks = new ArrayList<>();
    int end = (int) Math.min(shown.size(), (long) offset + limit);
    for (int row = offset; row < end; row++) {
      tasks.add(report(ledger, shown.get(row)));
    }
    return tasks;
  }

  private static List<TaskReport> mostUrgent(RunLedger ledger, List<Integer> shown) {
    List<TaskReport> tasks = new ArrayList<>();
    for (TaskStatus status : StatusBoard.URGENCY) {
      for (int task : shown) {
        if (tasks.size() == StatusBoard.MAX_ROWS) {
          return tasks;
        }
        if (ledger.state().status(task) == status) {
          tasks.add(report(ledger, task));
        }
      }
    }
    return tasks;
  }

  private static TaskReport report(RunLedger ledger, int task) {
    String waits =
        ledger
            .state()
            .waitReason(task)
            .map(reason -> WaitText.of(task, reason, ledger))
            .orElse(null);
    return ledger
        .record(task)
        .report(ledger.state().status(task), ledger.state().attempts(task), waits);
  }

  private static List<RunEvent> newest(RunLedger ledger) {
    List<RunEvent> events = ledger.events();
    return events.subList(Math.max(0, events.size() - PAGE_EVENTS), events.size());
  }

  /** Whole milliseconds between two instants, null if one is missing. */
  static @Nullable Long offset(Instant origin, @Nullable Instant at) {
    return at == null ? null : (Long) Duration.between(origin, at).toMillis();
  }
}
