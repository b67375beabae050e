package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.Wire;
import io.archmage.plan.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the query {@code status}.
 *
 * @param runId the workflow id
 * @param status where the run stands
 * @param execution the pattern, or null before the plan is read
 * @param repository absolute path of the repository, or null before it is known
 * @param branch the run's branch, or null before it is made
 * @param baseCommit the commit it starts from, or null before it is known
 * @param headCommit the commit with everything integrated so far, or null
 * @param startedAt when the run began
 * @param taskCount tasks in all
 * @param counts how many tasks have each status, in the order of the statuses
 * @param offset index of the first task shown
 * @param tasks the tasks asked for, in declared order; their {@code because} says why each waits
 * @param events the newest events, oldest first
 * @param notes what the user should know
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StatusPage(
    String runId,
    RunStatus status,
    @Nullable Execution execution,
    @Nullable String repository,
    @Nullable String branch,
    @Nullable String baseCommit,
    @Nullable String headCommit,
    Instant startedAt,
    int taskCount,
    Map<String, Integer> counts,
    int offset,
    List<TaskReport> tasks,
    List<RunEvent> events,
    List<String> notes) {

  /** Copies the lists. */
  public StatusPage {
    tasks = List.copyOf(tasks);
    events = List.copyOf(events);
    notes = List.copyOf(notes);
  }
}
