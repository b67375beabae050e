package io.archmage.durable;

import com.fasterxml.jackson.databind.JsonNode;
import io.archmage.contract.CloseRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PublishRequest;
import io.archmage.contract.Published;
import io.archmage.contract.RunActivities;
import io.archmage.contract.SharedRun;
import io.archmage.report.RunReport;
import io.archmage.report.RunStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What follows the last task: publishing, storing the report, removing what the run used. */
final class RunEnding {

  private static final String CLOSE = "store the report and tidy up";

  private final OpenedRun opened;
  private final PreparedPlan plan;
  private final RunLedger ledger;
  private final RunViews views;

  RunEnding(OpenedRun opened, PreparedPlan plan, RunLedger ledger, RunViews views) {
    this.opened = opened;
    this.plan = plan;
    this.ledger = ledger;
    this.views = views;
  }

  void run() {
    ledger.publishedAs(publish(Outcome.of(ledger)));
    ledger.ended(Clocks.now());
    close();
    views.refresh();
  }

  private @Nullable Published publish(RunStatus outcome) {
    boolean wanted =
        switch (plan.publish()) {
          case "always" -> outcome != RunStatus.CANCELLED;
          case "on_success" -> outcome == RunStatus.COMPLETED;
          default -> false;
        };
    if (!wanted) {
      return notWanted(outcome);
    }
    if (ledger.head().equals(plan.baseCommit())) {
      return left("the run changed nothing");
    }
    try {
      return checkout("publish")
          .publish(
              new PublishRequest(
                  plan.run(),
                  opened.repository(),
                  plan.target(),
                  ledger.head(),
                  plan.linear() ? "linear" : plan.mergeStrategy(),
                  Objects.requireNonNullElse(plan.title(), plan.run().runId())));
    } catch (ActivityFailure failure) {
      if (opened.shared() == null) {
        return left(Failures.reason(failure));
      }
      return new Published(
          plan.target(),
          ledger.head(),
          "left",
          "the machine with " + opened.path() + " did not do it: " + Failures.reason(failure),
          "archmage publish " + plan.run().runId());
    }
  }

  /** What is there can still be published by a person, so the command for it is named. */
  private Published notWanted(RunStatus outcome) {
    String because =
        plan.publish().equals("never")
            ? "publishing is switched off for this run"
            : "only a completed run is published, this one is " + outcome.key();
    String head = ledger.head();
    String command =
        head.equals(plan.baseCommit()) ? null : "archmage publish " + plan.run().runId();
    return new Published(plan.target(), head, "left", because, command);
  }

  private Published left(String because) {
    return new Published(plan.target(), ledger.head(), "left", because, null);
  }

  private void close() {
    RunReport report = views.report();
    JsonNode stored = ReportSize.tree(ReportSize.fit(report));
    try {
      String ref = close(stored);
      ledger.reportStored(ref);
      var memo = new LinkedHashMap<String, Object>();
      memo.put("archmage_report_ref", ref);
      memo.put("archmage_status", report.status().key());
      Workflow.upsertMemo(memo);
    } catch (ActivityFailure failure) {
      ledger.tell(
          Clocks.now(),
          "close_failed",
          null,
          "the report was not stored or something was left behind: " + Failures.reason(failure));
    }
  }

  /** Where the checkout's machine is silent, any other one does it. */
  private String close(JsonNode stored) {
    CloseRunRequest request = new CloseRunRequest(plan.run(), opened.repository(), stored);
    if (opened.shared() != null) {
      try {
        return checkout(CLOSE).closeRun(request);
      } catch (ActivityFailure silent) {
        if (!(silent.getCause() instanceof TimeoutFailure)) {
          throw silent;
        }
      }
    }
    return git(CLOSE).closeRun(request);
  }

  /** For what belongs on the machine that the run was started from. */
  private RunActivities checkout(String summary) {
    SharedRun shared = opened.shared();
    return shared == null
        ? git(summary)
        : Workflow.newActivityStub(
            RunActivities.class,
            ActivityPolicies.gitStepOn(
                opened.checkoutQueue(), summary, Duration.ofMillis(shared.takeoverMs())));
  }

  private RunActivities git(String summary) {
    return Workflow.newActivityStub(
        RunActivities.class, ActivityPolicies.gitStep(opened.queue(), summary));
  }
}
