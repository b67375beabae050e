package io.archmage.durable;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.report.BatchPage;
import io.archmage.report.BatchesRequest;
import io.archmage.report.Costs;
import io.archmage.report.MetricsRequest;
import io.archmage.report.PlanPage;
import io.archmage.report.SlotPage;
import io.archmage.report.StatusRequest;
import io.archmage.report.WorktreePage;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Answers questions about parts of a run from its ledger. */
final class RunDetails implements RunDetailQueries {

  private final RunViews views;

  RunDetails(RunViews views) {
    this.views = views;
  }

  @Override
  public PlanPage plan(@Nullable StatusRequest request) {
    return PlanPages.of(views.runId(), views.ready(), request);
  }

  @Override
  public JsonNode metrics(@Nullable MetricsRequest request) {
    Instant now = request == null || request.at() == null ? Clocks.now() : request.at();
    RunLedger ledger = views.ready();
    List<String> names = request == null ? List.of() : request.names();
    return MetricNames.pick(RunFigures.of(ledger, now), names);
  }

  @Override
  public BatchPage batches(@Nullable BatchesRequest request) {
    RunLedger ledger = views.ready();
    List<List<Integer>> batches = batches(ledger);
    Integer wanted = request == null ? null : request.batchNumber();
    if (wanted != null && (wanted < 1 || wanted > batches.size())) {
      throw Failures.badQuestion(
          "There is no batch "
              + wanted
              + "; batches are numbered from 1 to "
              + batches.size()
              + ".");
    }
    List<BatchPage.Batch> shown = new ArrayList<>();
    for (int number = 1; number <= batches.size(); number++) {
      if (wanted == null || wanted == number) {
        shown.add(batch(ledger, number, batches.get(number - 1)));
      }
    }
    return new BatchPage(views.runId(), batches.size(), shown);
  }

  @Override
  public SlotPage slots() {
    RunLedger ledger = views.ready();
    int count = Math.max(ledger.state().model().slots(), ledger.slots.size());
    List<SlotPage.Slot> slots = new ArrayList<>();
    int busy = 0;
    for (int number = 1; number <= count; number++) {
      OptionalInt holder = ledger.slots.holder(number);
      if (holder.isPresent() && ledger.record(holder.getAsInt()).inFlight()) {
        TaskRecord record = ledger.record(holder.getAsInt());
        slots.add(
            new SlotPage.Slot(
                number,
                record.familiar,
                record.task.id(),
                ledger.state().attempts(holder.getAsInt()),
                record.dispatchedAt));
        busy++;
      } else {
        slots.add(new SlotPage.Slot(number, null, null, null, null));
      }
    }
    return new SlotPage(views.runId(), busy, slots);
  }

  @Override
  public WorktreePage worktrees() {
    return new WorktreePage(views.runId(), views.ready().groups.reports());
  }

  @Override
  public Costs costs() {
    return Reports.costs(views.allTasks());
  }

  /** The tasks of each batch, by index. */
  static List<List<Integer>> batches(RunLedger ledger) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int task = 0; task < ledger.size(); task++) {
      int batch = ledger.record(task).task.batch();
      while (batches.size() <= batch) {
        batches.add(new ArrayList<>());
      }
      batches.get(batch).add(task);
    }
    return batches;
  }

  private static BatchPage.Batch batch(RunLedger ledger, int number, List<Integer> tasks) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Instant started = null;
    Instant finished = null;
    boolean ended = true;
    boolean begun = false;
    for (int task : tasks) {
      TaskStatus status = ledger.state().status(task);
      TaskRecord record = ledger.record(task);
      counts.merge(status.key(), 1, Integer::sum);
      ended &= status.terminal();
      begun |= status.terminal() || record.dispatchedAt != null;
      started = earlier(started, record.firstStart());
      finished = later(later(finished, record.finishedAt()), record.integratedAt);
    }
    BatchPage.State state =
        ended
            ? BatchPage.State.COMPLETED
            : begun ? BatchPage.State.RUNNING : BatchPage.State.PENDING;
    List<String> ids = tasks.stream().map(task -> ledger.record(task).task.id()).toList();
    return new BatchPage.Batch(number, state, ids, counts, started, ended ? finished : null);
  }

  private static @Nullable Instant earlier(@Nullable Instant first, @Nullable Instant second) {
    return first == null || (second != null && second.isBefore(first)) ? second : first;
  }

  private static @Nullable Instant later(@Nullable Instant first, @Nullable Instant second) {
    return first == null || (second != null && second.isAfter(first)) ? second : first;
  }
}
