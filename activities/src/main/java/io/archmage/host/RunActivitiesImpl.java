package io.archmage.host;

import io.archmage.contract.BringRequest;
import io.archmage.contract.BringResult;
import io.archmage.contract.CheckpointRequest;
import io.archmage.contract.CloseRunRequest;
import io.archmage.contract.FailureTypes;
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
import io.archmage.contract.RunKey;
import io.archmage.familiar.AttemptControl;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.RunRefs;
import io.archmage.prepare.RunPreparation;
import io.archmage.process.Supervisor;
import io.archmage.project.Project;
import io.archmage.project.Projects;
import io.archmage.share.RunShare;
import io.temporal.activity.Activity;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
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
        heartbeat -> {
          Project project = projects.require(request.repository());
          return new RunPreparation(project, request, RunShare.of(project, heartbeat))
              .prepare(document);
        });
  }

  @Override
  public List<PreparedTask> planPiece(PlanPieceRequest request) {
    return sharing(
        "reading the plan",
        request.repository(),
        request.run(),
        (project, share) -> RunPreparation.piece(project, request.run(), request.from()));
  }

  @Override
  public IntegrationResult integrate(IntegrateRequest request) {
    return sharing(
        "merging " + request.task(),
        request.repository(),
        request.run(),
        (project, share) -> Merging.integrate(project, request, share));
  }

  @Override
  public BringResult bring(BringRequest request) {
    return beating(
        "bringing together what " + request.task() + " needs",
        heartbeat -> new Grouping(projects.require(request.repository()), request.run())
            .bring(request));
  }

  @Override
  public GroupMergeResult mergeGroup(GroupMergeRequest request) {
    return beating(
        "merging group " + request.group().name(),
        heartbeat -> new Grouping(projects.require(request.repository()), request.run())
            .merge(request));
  }

  @Override
  public void checkpoint(CheckpointRequest request) {
    sharing(
        "recording checkpoint " + request.number(),
        request.repository(),
        request.run(),
        (project, share) -> {
          RunRefs refs = Merging.refs(request.run());
          share.heads(refs)
              .refresh(refs.branch(), Optional.of(new CommitId(request.commit())));
          Restoring.checkpoint(project, request);
          return request.commit();
        });
  }

  @Override
  public RollbackResult rollBack(RollbackRequest request) {
    return sharing(
        "undoing what " + request.because() + " needed",
        request.repository(),
        request.run(),
        (project, share) -> Restoring.rollBack(project, request,
            share.heads(Merging.refs(request.run()))));
  }

  @Override
  public Published publish(PublishRequest request) {
    return sharing(
        "publishing",
        request.repository(),
        request.run(),
        (project, share) -> Merging.publish(project, request, share));
  }

  @Override
  public String closeRun(CloseRunRequest request) {
    return sharing(
        "closing the run",
        request.repository(),
        request.run(),
        (project, share) -> new RunClosing(project, supervisor, request.run())
            .close(request.report(), share));
  }

  /** Work of a step. */
  private interface Work<T> {
    T with(Heartbeat heartbeat) throws Exception;
  }

  /** Work of a step that builds on what other machines made of the run. */
  private interface SharedWork<T> {
    T in(Project project, RunShare share) throws Exception;
  }

  private <T> T sharing(String what, String repository, RunKey run, SharedWork<T> work) {
    return beating(
        what,
        heartbeat -> {
          Project project = projects.require(repository);
          RunShare share = RunShare.of(project, heartbeat);
          share.bring(Merging.refs(run));
          T result = work.in(project, share);
          share.keep(Merging.refs(run));
          return result;
        });
  }

  /** A machine that stood still may come to a step when the run has long gone on without it. */
  private static void requireWanted(Heartbeat heartbeat, String what) {
    if (heartbeat.ask() != AttemptControl.Wish.GO_ON) {
      throw ApplicationFailure.newFailure(
          what + ": the run does not wait for this any more, or the server is away",
          FailureTypes.HOST);
    }
  }

  private static <T> T beating(String what, Work<T> work) {
    try (Heartbeat heartbeat = Heartbeat.start(Activity.getExecutionContext(), what)) {
      heartbeat.tell(what);
      return HostFailures.translate(
          what,
          () -> {
            Step.ACTIVITY_BEGUN.reached();
            requireWanted(heartbeat, what);
            T result = work.with(heartbeat);
            Step.ACTIVITY_DONE.reached();
            return result;
          });
    }
  }
}
