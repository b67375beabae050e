package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.Execution;
import io.archmage.schedule.PersonRule;
import io.archmage.schedule.RateLimits;
import io.archmage.schedule.RetryRule;
import io.archmage.schedule.RollbackRule;
import io.archmage.schedule.ScheduleModel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan proven to be able to run, without the part of its tasks that does not fit one message.
 *
 * @param run the run with the name it holds in the repository
 * @param execution the pattern
 * @param title the plan's own name, or null
 * @param baseCommit the commit that the run starts from
 * @param target the branch to publish to, or null if HEAD is on none
 * @param branch the run's branch, short form
 * @param planId object id of the stored plan
 * @param taskCount tasks in all
 * @param tasks the first of them; the rest come by {@link RunActivities#planPiece}
 * @param familiars the familiars used
 * @param maxParallel attempts in flight at once
 * @param barrier whether stages wait for each other
 * @param maxRetries attempts beyond the first
 * @param retryDelayMs pause before the first retry in milliseconds
 * @param retryCoefficient factor on the pause for every further retry
 * @param mergeStrategy {@code regular} or {@code squash}
 * @param publish {@code on_success}, {@code always} or {@code never}
 * @param notes what the user should know: warnings of the plan, uncommitted changes left out
 * @param conflicts what happens to work that does not merge, {@code ask} or {@code rerun}; null
 *     is rerun
 * @param escalate whether a task waits for a person instead of failing
 * @param notifies the ways by which people are told that a task waits for them, of {@link
 *     PersonActivities}; mostly none
 * @param limits what bounds the run beyond slots and instances, or null if nothing does
 * @param rollback what is recorded and undone, or null if nothing is
 * @param groups the groups that tasks share a branch with; mostly none
 */
@Wire
public record PreparedPlan(
    RunKey run,
    Execution execution,
    @Nullable String title,
    String baseCommit,
    @Nullable String target,
    String branch,
    String planId,
    int taskCount,
    List<PreparedTask> tasks,
    List<PreparedFamiliar> familiars,
    int maxParallel,
    boolean barrier,
    int maxRetries,
    long retryDelayMs,
    double retryCoefficient,
    String mergeStrategy,
    String publish,
    List<String> notes,
    @Nullable String conflicts,
    boolean escalate,
    List<String> notifies,
    @Nullable PreparedLimits limits,
    @Nullable PreparedRollback rollback,
    List<PreparedGroup> groups) {

  /** Copies the lists; those that earlier versions did not have are empty. */
  @JsonCreator
  public PreparedPlan {
    tasks = List.copyOf(tasks);
    familiars = List.copyOf(familiars);
    notifies = notifies == null ? List.of() : List.copyOf(notifies);
    notes = List.copyOf(notes);
    groups = groups == null ? List.of() : List.copyOf(groups);
  }

  /** A plan without groups. */
  public PreparedPlan(
      RunKey run,
      Execution execution,
      @Nullable String title,
      String baseCommit,
      @Nullable String target,
      String branch,
      String planId,
      int taskCount,
      List<PreparedTask> tasks,
      List<PreparedFamiliar> familiars,
      int maxParallel,
      boolean barrier,
      int maxRetries,
      long retryDelayMs,
      double retryCoefficient,
      String mergeStrategy,
      String publish,
      List<String> notes,
      @Nullable String conflicts,
      boolean escalate,
      List<String> notifies,
      @Nullable PreparedLimits limits,
      @Nullable PreparedRollback rollback) {
    this(
        run, execution, title, baseCommit, target, branch, planId, taskCount, tasks, familiars,
        maxParallel, barrier, maxRetries, retryDelayMs, retryCoefficient, mergeStrategy, publish,
        notes, conflicts, escalate, notifies, limits, rollback, List.of());
  }

  /** The same for a run that began before there were checkpoints and rollbacks. */
  public PreparedPlan withoutRollback() {
    return new PreparedPlan(
        run, execution, title, baseCommit, target, branch, planId, taskCount, tasks, familiars,
        maxParallel, barrier, maxRetries, retryDelayMs, retryCoefficient, mergeStrategy, publish,
        notes, conflicts, escalate, notifies, limits, null, groups);
  }

  /** The same for a run that began before there were groups. */
  public PreparedPlan withoutGroups() {
    return new PreparedPlan(
        run, execution, title, baseCommit, target, branch, planId, taskCount, tasks, familiars,
        maxParallel, barrier, maxRetries, retryDelayMs, retryCoefficient, mergeStrategy, publish,
        notes, conflicts, escalate, notifies, limits, rollback, List.of());
  }

  /** Whether the run's branch gets one commit with one parent for each group. */
  public boolean linear() {
    return !groups.isEmpty() && mergeStrategy.equals("squash");
  }

  /**
   * What the scheduler needs of it.
   *
   * @param all the plan's tasks, the pieces put together
   */
  public ScheduleModel scheduled(List<PreparedTask> all) {
    return scheduled(
        all,
        familiars,
        maxParallel,
        barrier,
        new RetryRule(maxRetries, Duration.ofMillis(retryDelayMs), retryCoefficient),
        limits,
        new PersonRule(
            conflicts == null
                ? PersonRule.NEVER.conflicts()
                : ConflictPolicy.ofKey(conflicts).orElseThrow(),
            escalate),
        rollback == null ? RollbackRule.NONE : rollback.scheduled());
  }

  /** What the scheduler needs of a plan of these parts, as they are meant above. */
  public static ScheduleModel scheduled(
      List<PreparedTask> tasks,
      List<PreparedFamiliar> familiars,
      int maxParallel,
      boolean barrier,
      RetryRule retry,
      @Nullable PreparedLimits limits,
      PersonRule person,
      RollbackRule rollback) {
    return new ScheduleModel(
        tasks.stream().map(PreparedTask::scheduled).toList(),
        familiars.stream().map(PreparedFamiliar::cap).toList(),
        maxParallel,
        barrier,
        retry,
        limits == null ? RateLimits.NONE : limits.scheduled(),
        limits != null && limits.failFast(),
        person,
        rollback,
        limits == null
            ? List.of()
            : limits.resources().stream().map(PreparedResource::cap).toList());
  }
}
