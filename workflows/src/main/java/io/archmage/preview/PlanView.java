package io.archmage.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.archmage.contract.Wire;
import io.archmage.graph.ConflictResolution;
import io.archmage.graph.EdgeReason;
import io.archmage.plan.DependencyType;
import io.archmage.plan.Execution;
import io.archmage.plan.PlanProblem;
import io.archmage.schedule.Limit;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it would run. Batches count from 1; times are milliseconds from the run's start by
 * estimates.
 *
 * @param name the plan's own name, or null
 * @param execution the pattern
 * @param batch the only batch whose tasks, edges and conflicts are kept, or null for all; figures
 *     are of the whole plan in any case
 * @param barrier whether a stage begins only when the one before has ended
 * @param maxParallel attempts in flight at once
 * @param slots the smaller of maxParallel and all instances of the plan's familiars
 * @param familiars the familiars used
 * @param tasks in declared order
 * @param batchCount batches of the whole plan
 * @param batches ids of the tasks of each batch
 * @param edgesAdded edges that the plan does not declare
 * @param conflicts files that several tasks may write
 * @param filesWithoutConflict files that one task alone may write
 * @param unknownOutputs ids of tasks that may write anything
 * @param makespanMs how long the run takes
 * @param lowerBoundMs no schedule can be shorter; barriers are not counted
 * @param barrierBoundMs the same with barriers, or null for a plan without
 * @param sequentialMs how long it takes one task after another
 * @param parallelSpeedupRatio sequential time by makespan
 * @param timeReductionPercent share of the sequential time that is saved
 * @param maxParallelism tasks of the largest batch, whatever the limits are
 * @param peakParallelism the most tasks under way at once with the limits
 * @param criticalPath ids of the longest chain of tasks, first to last
 * @param limits what keeps the run from being shorter, the one with the largest bound first
 * @param estimates where the run times come from
 * @param warnings what the user may want to know, one line each
 * @param problems what keeps the plan from running; empty, since a plan with problems has no view
 */
@Wire
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PlanView(
    @Nullable String name,
    Execution execution,
    @Nullable Integer batch,
    boolean barrier,
    int maxParallel,
    int slots,
    List<FamiliarView> familiars,
    List<TaskView> tasks,
    int batchCount,
    List<List<String>> batches,
    List<EdgeView> edgesAdded,
    List<ConflictView> conflicts,
    List<FileView> filesWithoutConflict,
    List<String> unknownOutputs,
    long makespanMs,
    long lowerBoundMs,
    @Nullable Long barrierBoundMs,
    long sequentialMs,
    double parallelSpeedupRatio,
    double timeReductionPercent,
    int maxParallelism,
    int peakParallelism,
    List<String> criticalPath,
    List<LimitView> limits,
    Estimates estimates,
    List<String> warnings,
    List<PlanProblem> problems) {

  /** Copies the lists. */
  public PlanView {
    familiars = List.copyOf(familiars);
    tasks = List.copyOf(tasks);
    batches = batches.stream().map(List::copyOf).toList();
    edgesAdded = List.copyOf(edgesAdded);
    conflicts = List.copyOf(conflicts);
    filesWithoutConflict = List.copyOf(filesWithoutConflict);
    unknownOutputs = List.copyOf(unknownOutputs);
    criticalPath = List.copyOf(criticalPath);
    limits = List.copyOf(limits);
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
  }

  /** The tasks shown, by batch; a batch without one is left out. */
  public SortedMap<Integer, List<TaskView>> tasksByBatch() {
    return tasks.stream()
        .collect(Collectors.groupingBy(TaskView::batch, TreeMap::new, Collectors.toList()));
  }

  /**
   * Something that keeps the run from being shorter.
   *
   * @param kind what it is
   * @param name the familiar's or the resource's, else null
   * @param amount how much of it there is, 0 for the chain
   * @param boundMs no run is shorter, because of this alone
   * @param makespanWithOneMoreMs how long the run takes at most with one more of it; null for a
   *     plan of more than 2,000 tasks
   */
  @Wire
  public record LimitView(
      Limit.Kind kind,
      @Nullable String name,
      int amount,
      long boundMs,
      @Nullable Long makespanWithOneMoreMs) {}

  /**
   * A familiar of the plan.
   *
   * @param name its name
   * @param instances how many of its tasks may run at once
   * @param tasks how many tasks it has
   */
  @Wire
  public record FamiliarView(String name, int instances, int tasks) {}

  /**
   * A task of the plan.
   *
   * @param id its id
   * @param title one line for people
   * @param familiar the familiar's name
   * @param batch its batch, from 1
   * @param order its place in the dispatch order, from 1: of ready tasks the lowest goes first
   * @param dependsOn what it waits for; soft ones only break ties
   * @param estimateMs its expected run time
   * @param estimateFrom who says so
   * @param readyMs when nothing but a slot may be missing
   * @param startMs when it begins
   * @param finishMs when it ends
   */
  @Wire
  public record TaskView(
      String id,
      String title,
      String familiar,
      int batch,
      int order,
      List<DependencyView> dependsOn,
      long estimateMs,
      EstimateSource estimateFrom,
      long readyMs,
      long startMs,
      long finishMs) {

    /** Copies the list. */
    public TaskView {
      dependsOn = List.copyOf(dependsOn);
    }

    /** Those of its dependencies that are of the type, in their order. */
    public List<DependencyView> dependsOn(DependencyType type) {
      return dependsOn.stream().filter(dependency -> dependency.type() == type).toList();
    }
  }

  /**
   * What a task waits for.
   *
   * @param id the task before it
   * @param type hard or soft
   * @param because where the edge comes from
   * @param detail evidence for people, such as the shared file, or null
   */
  @Wire
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record DependencyView(
      String id, DependencyType type, EdgeReason because, @Nullable String detail) {}

  /**
   * An edge between two tasks.
   *
   * @param from the earlier task
   * @param to the later task
   * @param type hard or soft
   * @param because where the edge comes from
   * @param detail evidence for people, or null
   */
  @Wire
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record EdgeView(
      String from, String to, DependencyType type, EdgeReason because, @Nullable String detail) {}

  /**
   * A file that several tasks may write.
   *
   * @param file the file, or the narrowest of the patterns that overlap
   * @param tasks ids in declared order
   * @param resolution what keeps them apart
   */
  @Wire
  public record ConflictView(String file, List<String> tasks, ConflictResolution resolution) {

    /** Copies the list. */
    public ConflictView {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * A file that one task alone may write.
   *
   * @param file the file or pattern
   * @param task the task's id
   */
  @Wire
  public record FileView(String file, String task) {}

  /**
   * Where the run times come from.
   *
   * @param fromPlan tasks whose estimate the plan states
   * @param fromHistory tasks without one whose kind was run before
   * @param byDefault tasks of which nothing is known, which count as {@code defaultMs}
   * @param defaultMs the estimate of a task of which nothing is known
   */
  @Wire
  public record Estimates(int fromPlan, int fromHistory, int byDefault, long defaultMs) {}

  /** Who says how long a task takes. */
  public enum EstimateSource {
    /** The plan. */
    PLAN,
    /** Earlier runs on this machine. */
    HISTORY,
    /** Nobody: it is the default. */
    DEFAULT;

    /** The name in documents: lower case. */
    @JsonValue
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
