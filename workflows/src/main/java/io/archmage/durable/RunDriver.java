package io.archmage.durable;

import io.archmage.contract.OpenRunActivity;
import io.archmage.contract.OpenRunRequest;
import io.archmage.contract.OpenedRun;
import io.archmage.contract.PlanPieceRequest;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.RunActivities;
import io.archmage.plan.Execution;
import io.archmage.report.RunReport;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run from its arguments to its report; the same for every workflow type. */
final class RunDriver {

  private final @Nullable Execution pattern;
  private final @Nullable RawValue document;
  private final @Nullable RawValue options;
  private final RunViews views;
  private final PersonAnswers answers;

  RunDriver(
      @Nullable Execution pattern, @Nullable RawValue document, @Nullable RawValue options) {
    this.pattern = pattern;
    this.document = document;
    this.options = options;
    this.views = new RunViews(Workflow.getInfo().getWorkflowId(), Clocks.now());
    this.answers = new PersonAnswers(Workflow.getInfo().getWorkflowId());
    Workflow.registerListener(views);
    Workflow.registerListener(answers);
    Workflow.registerListener(new RunDetails(views));
  }

  RunReport run() {
    OpenedRun opened;
    PreparedPlan plan;
    List<PreparedTask> tasks;
    try {
      opened = open();
      RunActivities repository =
          Workflow.newActivityStub(
              RunActivities.class,
              ActivityPolicies.gitStep(opened.checkoutQueue(), "check the plan"));
      plan = Changes.apply(prepare(opened, repository));
      tasks = Changes.apply(allTasks(opened, plan, repository));
    } catch (ActivityFailure failure) {
      throw Failures.beforeTheFirstTask(failure);
    }
    RunLedger ledger = new RunLedger(plan, tasks, opened.path(), views.startedAt());
    views.show(ledger);
    var memo = new LinkedHashMap<String, Object>();
    memo.put("archmage_repository", opened.path());
    memo.put("archmage_branch", plan.branch());
    Workflow.upsertMemo(memo);
    RunLoop loop = new RunLoop(opened, plan, ledger, views);
    answers.serve(ledger, loop::happened);
    CancellationScope whole = CancellationScope.current();
    CancellationScope detached =
        Workflow.newDetachedCancellationScope(
            () -> {
              whole.getCancellationRequest().thenApply(loop::cancelRequested);
              loop.run();
              new RunEnding(opened, plan, ledger, views).run();
              Workflow.await(Workflow::isEveryHandlerFinished);
            });
    detached.run();
    RunReport report = views.report();
    return switch (report.status()) {
      case COMPLETED -> ReportSize.fit(report);
      case PARTIAL, FAILED, ROLLED_BACK -> throw Failures.notSuccessful(ReportSize.fit(report));
      case CANCELLED -> throw new CanceledFailure(Failures.summary(report));
      case PREPARING, RUNNING, CANCELLING ->
        throw new IllegalStateException("the run ended while " + report.status().key());
    };
  }

  private OpenedRun open() {
    WorkflowInfo info = Workflow.getInfo();
    String queue = info.getTaskQueue();
    OpenedRun opened = askToOpen(info, queue);
    if (opened.redirect() == null) {
      return opened;
    }
    OpenedRun second = askToOpen(info, opened.redirect());
    if (second.redirect() != null) {
      throw Failures.invalidPlan(
          "Workers send this run in circles: "
              + opened.redirect()
              + " answers "
              + second.redirect()
              + ". Name the repository in argument 2 and start a worker for it.");
    }
    return second;
  }

  private OpenedRun askToOpen(WorkflowInfo info, String queue) {
    return Workflow.newActivityStub(OpenRunActivity.class, ActivityPolicies.openRun(queue))
        .openRun(
            new OpenRunRequest(info.getWorkflowId(), info.getFirstExecutionRunId(), queue),
            options);
  }

  private PreparedPlan prepare(OpenedRun opened, RunActivities repository) {
    WorkflowInfo info = Workflow.getInfo();
    return repository.preparePlan(
        new PrepareRequest(
            info.getWorkflowId(),
            info.getFirstExecutionRunId(),
            pattern == null ? null : pattern.key(),
            opened.repository(),
            opened.options()),
        document);
  }

  private static List<PreparedTask> allTasks(
      OpenedRun opened, PreparedPlan plan, RunActivities repository) {
    List<PreparedTask> tasks = new ArrayList<>(plan.tasks());
    while (tasks.size() < plan.taskCount()) {
      tasks.addAll(
          repository.planPiece(
              new PlanPieceRequest(plan.run(), opened.repository(), tasks.size())));
    }
    return List.copyOf(tasks);
  }
}
