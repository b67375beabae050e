package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.Published;
import io.archmage.contract.Wire;
import io.archmage.plan.Execution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole story of a run.
 *
 * @param runId the workflow id
 * @param execution the pattern
 * @param status how it ended
 * @param repository absolute path of the repository
 * @param baseCommit the commit it started from
 * @param headCommit the commit with everything that succeeded
 * @param branch the run's branch
 * @param published how it reached the target branch, or null if it was not tried
 * @param tasks in declared order
 * @param batches ids of the tasks that could run together, batch by batch
 * @param metrics its figures
 * @param costs what it cost
 * @param checkpoints commits recorded before parallel sections
 * @param events what happened, oldest first
 * @param notes what the user should know
 * @param truncated whether parts were left out for size
 * @param reportRef ref of the whole report, or null before it is stored
 * @param output what a pipeline's last step said, cut, or null
 * @param collected paths that the parts of a fan-out changed, sorted; null for other patterns
 * @param groups the groups of its tasks, in the plan's order; left out where there are none
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunReport(
    String runId,
    Execution execution,
    RunStatus status,
    String repository,
    String baseCommit,
    String headCommit,
    String branch,
    @Nullable Published published,
    List<TaskReport> tasks,
    List<List<String>> batches,
    Metrics metrics,
    Costs costs,
    List<Checkpoint> checkpoints,
    List<RunEvent> events,
    List<String> notes,
    boolean truncated,
    @Nullable String reportRef,
    @Nullable String output,
    @Nullable List<String> collected,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GroupReport> groups) {

  /** Copies the lists; earlier versions had no groups. */
  @JsonCreator
  public RunReport {
    tasks = List.copyOf(tasks);
    batches = List.copyOf(batches);
    checkpoints = List.copyOf(checkpoints);
    events = List.copyOf(events);
    notes = List.copyOf(notes);
    collected = collected == null ? null : List.copyOf(collected);
    groups = groups == null ? List.of() : List.copyOf(groups);
  }

  /** The report of a run without groups. */
  public RunReport(
      String runId,
      Execution execution,
      RunStatus status,
      String repository,
      String baseCommit,
      String headCommit,
      String branch,
      @Nullable Published published,
      List<TaskReport> tasks,
      List<List<String>> batches,
      Metrics metrics,
      Costs costs,
      List<Checkpoint> checkpoints,
      List<RunEvent> events,
      List<String> notes,
      boolean truncated,
      @Nullable String reportRef,
      @Nullable String output,
      @Nullable List<String> collected) {
    this(
        runId, execution, status, repository, baseCommit, headCommit, branch, published, tasks,
        batches, metrics, costs, checkpoints, events, notes, truncated, reportRef, output,
        collected, List.of());
  }
}
