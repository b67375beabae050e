package io.archmage.contract;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.common.converter.RawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The activities of a run that any worker of its repository can do; each may be repeated. */
@ActivityInterface
public interface RunActivities {

  /**
   * Reads, checks and stores the plan, and claims the run's name and branch in the repository.
   *
   * @param request which run
   * @param document the workflow's first argument as it came, or null
   * @return the proven plan
   * @throws io.temporal.failure.ApplicationFailure of type {@link FailureTypes#INVALID_PLAN} or
   *     {@link FailureTypes#ENVIRONMENT} with every problem in its message
   */
  @ActivityMethod(name = "prepare_plan")
  PreparedPlan preparePlan(PrepareRequest request, @Nullable RawValue document);

  /**
   * Reads a further piece of a stored plan's compact tasks.
   *
   * @param request which plan and from where
   * @return at least one task, in declared order
   */
  @ActivityMethod(name = "plan_piece")
  List<PreparedTask> planPiece(PlanPieceRequest request);

  /**
   * Merges an attempt's commit on to the run's branch; a repeat is recognised, not merged twice.
   *
   * @param request what to merge
   * @return what came of it; a conflict is a result
   */
  @ActivityMethod(name = "integrate")
  IntegrationResult integrate(IntegrateRequest request);

  /**
   * Merges what a task needs into the branch that it starts from, and makes its group's worktree
   * where there is none; a repeat finds it done.
   *
   * @param request what to merge
   * @return what came of it; a conflict is a result
   */
  @ActivityMethod(name = "bring")
  BringResult bring(BringRequest request);

  /**
   * Merges a group's branch into the run's and removes the branch and its worktree; a repeat is
   * recognised, not merged twice.
   *
   * @param request which group
   * @return what came of it; a conflict is a result
   */
  @ActivityMethod(name = "merge_group")
  GroupMergeResult mergeGroup(GroupMergeRequest request);

  /**
   * Keeps a commit of the run under a ref of its own; a repeat changes nothing.
   *
   * @param request which commit
   */
  @ActivityMethod(name = "checkpoint")
  void checkpoint(CheckpointRequest request);

  /**
   * Takes merged work out of the run's head again; a repeat is recognised, not done twice. What the
   * attempts left stays under their refs.
   *
   * @param request what to undo
   * @return what came of it; a conflict with later work is a result
   */
  @ActivityMethod(name = "roll_back")
  RollbackResult rollBack(RollbackRequest request);

  /**
   * Brings the run's head to the target branch where that is safe.
   *
   * @param request what to publish
   * @return how it was published, or why it was left
   */
  @ActivityMethod(name = "publish")
  Published publish(PublishRequest request);

  /**
   * Ends a run: stores its report and removes every process, workspace and lock it had here.
   *
   * @param request which run, and its report
   * @return the ref of the stored report
   */
  @ActivityMethod(name = "close_run")
  String closeRun(CloseRunRequest request);
}
