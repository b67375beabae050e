package io.archmage.plan.reader;

import io.archmage.plan.document.Key;
import java.util.List;

/** The keys at the top of a plan and of a stage. */
public final class PlanKeys {

  /** A name the plan gives itself. */
  public static final Key NAME = Key.of("name");

  /** The pattern; told from the other keys when absent. */
  public static final Key EXECUTION = Key.of("execution");

  /** The tasks of a plan or stage. */
  public static final Key TASKS = Key.of("tasks", "phases");

  /** Who does the tasks that name no familiar. */
  public static final Key FAMILIAR = Key.of("familiar");

  /** The epics that tasks belong to. */
  public static final Key EPICS = Key.of("epics");

  /** The stages of a staged plan. */
  public static final Key STAGES = Key.of("stages");

  /** The steps of a pipeline. */
  public static final Key STEPS = Key.of("steps");

  /** The text that a pipeline begins with. */
  public static final Key INPUT = Key.of("input");

  /** What a fan-out divides. */
  public static final Key SPLIT = Key.of("split");

  /** The work on each part of a fan-out. */
  public static final Key PARALLEL_TASKS = Key.of("parallel_tasks");

  /** How the parts of a fan-out are put together. */
  public static final Key MERGE = Key.of("merge");

  /** Whether stages or batches wait for the whole one before them. */
  public static final Key BARRIER = Key.of("barrier");

  /** How results are put together. */
  public static final Key MERGE_STRATEGY = Key.of("merge_strategy");

  /** The ordinal of a stage. */
  public static final Key STAGE = Key.of("stage");

  /** Whether the tasks of a stage may overlap. */
  public static final Key PARALLEL = Key.of("parallel");

  /** Keys that only forms have that this version does not run. */
  static final List<String> OTHER_FORMS =
      List.of("partitions", "parallel_execution", "phase_1");

  private PlanKeys() {}
}
