package io.archmage.durable;

import io.archmage.contract.Usage;
import io.archmage.report.Costs;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a run's report from what is known of it. */
final class Reports {

  private Reports() {}

  static RunReport of(String runId, RunStatus status, RunLedger ledger, List<TaskReport> tasks) {
    return new RunReport(
        runId,
        ledger.plan.execution(),
        status,
        ledger.repository,
        ledger.plan.baseCommit(),
        ledger.head(),
        ledger.plan.branch(),
        ledger.published(),
        tasks,
        batches(ledger),
        RunFigures.of(ledger, tasks),
        costs(tasks),
        List.of(),
        ledger.events(),
        ledger.plan.notes(),
        false,
        ledger.reportRef());
  }

  private static List<List<String>> batches(RunLedger ledger) {
    List<List<String>> batches = new ArrayList<>();
    for (int task = 0; task < ledger.size(); task++) {
      int batch = ledger.record(task).task.batch();
      while (batches.size() <= batch) {
        batches.add(new ArrayList<>());
      }
      batches.get(batch).add(ledger.record(task).task.id());
    }
    return batches;
  }

  private static Costs costs(List<TaskReport> tasks) {
    Map<String, Usage> byFamiliar = new TreeMap<>();
    Usage all = Usage.NONE;
    for (TaskReport task : tasks) {
      all = all.plus(task.usage());
      byFamiliar.merge(task.familiar(), task.usage(), Usage::plus);
    }
    return new Costs(all.costUsd(), all.inputTokens(), all.outputTokens(), byFamiliar);
  }
}
