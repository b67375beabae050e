package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.PreparedFamiliar;
import io.archmage.contract.Wire;
import io.archmage.plan.Execution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the query {@code plan}.
 *
 * @param runId the workflow id
 * @param execution the pattern
 * @param title the plan's own name, or null
 * @param baseCommit the commit that the run starts from
 * @param planObject id of the git tree with the whole plan: {@code plan.json} and {@code
 *     tasks.json}
 * @param maxParallel attempts in flight at once
 * @param barrier whether stages wait for each other
 * @param familiars the familiars used
 * @param taskCount tasks in all
 * @param offset index of the first task shown
 * @param tasks the tasks asked for, in declared order
 * @param batches ids of the tasks that could run together, batch by batch, of all tasks
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PlanPage(
    String runId,
    Execution execution,
    @Nullable String title,
    String baseCommit,
    String planObject,
    int maxParallel,
    boolean barrier,
    List<PreparedFamiliar> familiars,
    int taskCount,
    int offset,
    List<PlannedTask> tasks,
    List<List<String>> batches) {

  /** Copies the lists. */
  public PlanPage {
    familiars = List.copyOf(familiars);
    tasks = List.copyOf(tasks);
    batches = List.copyOf(batches);
  }

  /**
   * A task of the plan.
   *
   * @param id its id
   * @param title one line for people
   * @param familiar the familiar's name
   * @param batch its batch, 1 for the first
   * @param stage its stage, 1 for the first
   * @param dependsOn what must have ended first; soft dependencies are in the stored plan only
   * @param estimateMs expected run time in milliseconds
   */
  @Wire
  public record PlannedTask(
      String id,
      String title,
      String familiar,
      int batch,
      int stage,
      List<Dependency> dependsOn,
      long estimateMs) {

    /** Copies the list. */
    public PlannedTask {
      dependsOn = List.copyOf(dependsOn);
    }
  }

  /**
   * A task that another one waits for.
   *
   * @param id the earlier task
   * @param type always {@code hard}
   * @param because where the edge comes from, such as {@code declared} or {@code file_conflict};
   *     null in runs of versions that did not tell
   * @param detail evidence, such as the shared file, or null
   * @param needsSuccess whether the earlier task must have succeeded; else it must have ended
   */
  @Wire
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Dependency(
      String id,
      String type,
      @Nullable String because,
      @Nullable String detail,
      boolean needsSuccess) {}
}
