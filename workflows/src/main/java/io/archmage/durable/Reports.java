package io.archmage.durable;

import io.archmage.contract.Usage;
import io.archmage.plan.Execution;
import io.archmage.report.Costs;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.archmage.report.TaskReport;
import io.archmage.schedule.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
        RunFigures.of(ledger, Clocks.now()),
        costs(tasks),
        ledger.checkpoints(),
        ledger.events(),
        ledger.notes(),
        false,
        ledger.reportRef(),
        output(ledger, tasks),
        collected(ledger, tasks),
        ledger.groups.reports());
  }

  private static @Nullable String output(RunLedger ledger, List<TaskReport> tasks) {
    boolean last =
        ledger.plan.execution() == Execution.PIPELINE
            && tasks.getLast().status() == TaskStatus.SUCCEEDED;
    return last ? tasks.getLast().output() : null;
  }

  private static @Nullable List<String> collected(RunLedger ledger, List<TaskReport> tasks) {
    if (ledger.plan.execution() != Execution.FAN_OUT_FAN_IN) {
      return null;
    }
    return tasks.stream()
        .filter(task -> task.status() == TaskStatus.SUCCEEDED)
        .flatMap(task -> task.changedFiles().stream())
        .sorted()
        .distinct()
        .toList();
  }

  static List<List<String>> batches(RunLedger ledger) {
    return RunDetails.batches(ledger)
        .stream()
        .map(tasks -> tasks.stream().map(task -> ledger.record(task).task.id()).toList())
        .toList();
  }

  static Costs costs(List<TaskReport> tasks) {
    Map<String, Usage> byFamiliar = new TreeMap<>();
    Usage all = Usage.NONE;
    for (TaskReport task : tasks) {
      all = all.plus(task.usage());
      byFamiliar.merge(task.familiar(), task.usage(), Usage::plus);
    }
    return new Costs(all.costUsd(), all.inputTokens(), all.outputTokens(), byFamiliar);
  }
}
