package io.archmage.durable;

import io.archmage.contract.PreparedTask;
import io.archmage.report.PlanPage;
import io.archmage.report.StatusRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the plan of a run as its workflow knows it. */
final class PlanPages {

  /** Tasks on a page unless asked otherwise: their answer stays well below a message's limit. */
  private static final int DEFAULT_LIMIT = 1_000;

  private static final String DETAIL = ": ";

  private PlanPages() {}

  static PlanPage of(String runId, RunLedger ledger, @Nullable StatusRequest request) {
    int offset = request == null ? 0 : Math.max(0, request.offset());
    int limit = request == null || request.limit() <= 0 ? DEFAULT_LIMIT : request.limit();
    int end = (int) Math.min(ledger.size(), (long) offset + limit);
    List<PlanPage.PlannedTask> tasks = new ArrayList<>();
    for (int task = offset; task < end; task++) {
      tasks.add(task(ledger, task));
    }
    return new PlanPage(
        runId,
        ledger.plan.execution(),
        ledger.plan.title(),
        ledger.plan.baseCommit(),
        ledger.plan.planId(),
        ledger.plan.maxParallel(),
        ledger.plan.barrier(),
        ledger.plan.familiars(),
        ledger.size(),
        offset,
        tasks,
        Reports.batches(ledger));
  }

  private static PlanPage.PlannedTask task(RunLedger ledger, int index) {
    PreparedTask task = ledger.record(index).task;
    List<PlanPage.Dependency> dependencies = new ArrayList<>();
    for (int from : task.needs()) {
      dependencies.add(dependency(ledger, task, dependencies.size(), from, true));
    }
    for (int from : task.after()) {
      dependencies.add(dependency(ledger, task, dependencies.size(), from, false));
    }
    return new PlanPage.PlannedTask(
        task.id(),
        task.title(),
        ledger.record(index).familiar,
        task.batch() + 1,
        task.stage() + 1,
        dependencies,
        task.estimateMs());
  }

  private static PlanPage.Dependency dependency(
      RunLedger ledger, PreparedTask task, int place, int from, boolean needsSuccess) {
    String reason =
        place < task.because().size()
            ? task.because().get(place)
            : task.after().isEmpty() ? "declared" : null;
    String id = ledger.record(from).task.id();
    if (reason == null) {
      return new PlanPage.Dependency(id, "hard", null, null, needsSuccess);
    }
    int colon = reason.indexOf(DETAIL);
    return colon < 0
        ? new PlanPage.Dependency(id, "hard", reason, null, needsSuccess)
        : new PlanPage.Dependency(
            id,
            "hard",
            reason.substring(0, colon),
            reason.substring(colon + DETAIL.length()),
            needsSuccess);
  }
}
