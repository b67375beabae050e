package io.archmage.host;

import io.archmage.contract.BringRequest;
import io.archmage.contract.BringResult;
import io.archmage.contract.CheckpointRequest;
import io.archmage.contract.CloseRunRequest;
import io.archmage.contract.GroupMergeRequest;
import io.archmage.contract.GroupMergeResult;
import io.archmage.contract.IntegrateRequest;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.PlanPieceRequest;
import io.archmage.contract.PrepareRequest;
import io.archmage.contract.PreparedPlan;
import io.archmage.contract.PreparedTask;
import io.archmage.contract.PublishRequest;
import io.archmage.contract.Published;
import io.archmage.contract.RollbackRequest;
import io.archmage.contract.RollbackResult;
import io.archmage.contract.RunActivities;
import io.archmage.fault.Step;
import io.archmage.prepare.RunPreparation;
import io.archmage.process.Supervisor;
import io.archmage.project.Projects;
import io.temporal.activity.Activity;
import io.temporal.common.converter.RawValue;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The activities of a run on any host of its repository; thread-safe. */
public final class RunActivitiesImpl implements RunActivities {

  private final Projects projects;
  private final Supervisor supervisor;

  /**
   * Activities for those projects.
   *
   * @param projects the repositories served
   * @param supervisor ends what a run may have left
   */
  public RunActivitiesImpl(Projects projects, Supervisor supervisor) {
    this.projects = projects;
    this.supervisor = supervisor;
  }

  @Override
  public PreparedPlan preparePlan(PrepareRequest request, @Nullable RawValue document) {
    return beating(
        "checking the plan",
        () -> new RunPreparation(projects.require(request.repository()), request)
            .prepare(document));
  }

  @Override
  public List<PreparedTask> planPiece(PlanPieceRequest request) {
    return beating(
        "reading the plan",
        () -> RunPreparation.piece(
            projects.require(request.repository()), request.run(), request.from()));
  }

  @Override
  public IntegrationResult integrate(IntegrateRequest request) {
    return beating(
        "merging " + request.task(),
        () -> Merging.integrate(projects.require(request.repository()), request));
  }

  @Override
  public BringResult bring(BringRequest request) {
    return beating(
        "bringing together what " + request.task() + " needs",
        () -> new Grouping(projects.require(request.repository()), request.run()).bring(request));
  }

  @Override
  public GroupMergeResult mergeGroup(GroupMergeRequest request) {
    return beating(
        "merging group " + request.group().name(),
        () -> new Grouping(projects.require(request.repository()), request.run()).merge(request));
  }

  @Override
  public void checkpoint(CheckpointRequest request) {
    beating(
        "recording checkpoint " + request.number(),
        () -> {
          Restoring.checkpoint(projects.require(request.repository()), request);
          return null;
        });
  }

  @Override
  public RollbackResult rollBack(RollbackRequest request) {
    return beating(
        "undoing what " + request.because() + " needed",
        () -> Restoring.rollBack(projects.require(request.repository()), request));
  }

  @Override
  public Published publish(PublishRequest request) {
    return beating(
        "publishing", () -> Merging.publish(projects.require(request.repository()), request));
  }

  @Override
  public String closeRun(CloseRunRequest request) {
    return beating(
        "closing the run",
        () -> new RunClosing(projects.require(request.repository()), supervisor, request.run())
            .close(request.report()));
  }

  private static <T> T beating(String what, Callable<T> work) {
    try (Heartbeat heartbeat = Heartbeat.start(Activity.getExecutionContext(), what)) {
      heartbeat.tell(what);
      return HostFailures.translate(
          what,
          () -> {
            Step.ACTIVITY_BEGUN.reached();
            T result = work.call();
            Step.ACTIVITY_DONE.reached();
            return result;
          });
    }
  }
}
