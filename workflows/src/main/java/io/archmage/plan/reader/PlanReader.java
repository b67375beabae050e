package io.archmage.plan.reader;

import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.MergeSettings;
import io.archmage.plan.Plan;
import io.archmage.plan.Split;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a plan of any form this version runs. */
public final class PlanReader {

  private static final FamiliarName CODEX = new FamiliarName("codex");
  private static final String PHASES = "phases";

  private final ProblemCollector problems = new ProblemCollector();
  private final TaskListReader tasks = new TaskListReader(problems);
  private final MappingReader keys;
  private final Mapping root;
  private final ModuleFinder modules;
  private boolean complete = true;

  private PlanReader(Mapping root, ModuleFinder modules) {
    this.root = root;
    this.modules = modules;
    this.keys = new MappingReader(root, "the plan", problems, null);
  }

  /**
   * The plan of a document, or all that is wrong with the document.
   *
   * @param modules tells what a fan-out without partitions is divided into
   */
  public static PlanReading read(Node root, ModuleFinder modules) {
    if (root instanceof Mapping mapping) {
      return new PlanReader(mapping, modules).read();
    }
    return new PlanReading.Problems(List.of(DocumentReader.notAMapping(root)), Optional.empty());
  }

  private PlanReading read() {
    Optional<Execution> form = new FormReader(root, keys, problems).form();
    if (form.isEmpty()) {
      return new PlanReading.Problems(problems.list(), Optional.empty());
    }
    Plan plan = plan(form.get());
    if (problems.isEmpty()) {
      return new PlanReading.Read(plan);
    }
    boolean whole = complete && !plan.tasks().isEmpty();
    return new PlanReading.Problems(
        problems.list(), whole ? Optional.of(plan) : Optional.empty());
  }

  private Plan plan(Execution form) {
    String name = keys.text(PlanKeys.NAME).orElse(null);
    boolean barrier = keys.bool(PlanKeys.BARRIER).orElse(form == Execution.STAGED_PARALLEL);
    MergeSettings merge = MergeReader.read(keys, problems);
    GroupReader groups = new GroupReader(problems);
    groups.epics(keys);
    if (form != Execution.PIPELINE && form != Execution.FAN_OUT_FAN_IN) {
      familiar().ifPresent(tasks::otherwise);
    }
    Plan plan =
        switch (form) {
          case PARALLEL, DAG ->
            new Plan(name, form, tasks.read(keys, "the plan"), List.of(), barrier);
          case STAGED_PARALLEL -> {
            StageReader stages = new StageReader(problems, tasks);
            stages.read(keys);
            yield new Plan(name, form, stages.tasks(), stages.stages(), barrier);
          }
          case PIPELINE -> pipeline(name, barrier);
          case FAN_OUT_FAN_IN -> fanOut(name, barrier);
        };
    complete &= tasks.complete();
    keys.finish();
    Plan grouped = plan.withGroups(groups.groupsOf(plan.tasks()));
    return merge.equals(MergeSettings.NONE) ? grouped : grouped.withMerge(merge);
  }

  /** Who does tasks that name nobody: plans of phases and of epics never name anybody. */
  private Optional<FamiliarName> familiar() {
    Optional<String> named = keys.text(PlanKeys.FAMILIAR);
    if (named.isPresent()) {
      return Optional.of(TaskReader.named(keys, named, "the plan"));
    }
    return root.has(PHASES) || root.has(PlanKeys.EPICS.name())
        ? Optional.of(CODEX)
        : Optional.empty();
  }

  private Plan pipeline(@Nullable String name, boolean barrier) {
    PipelineReader steps = new PipelineReader(problems);
    String input = keys.text(PlanKeys.INPUT).orElse(null);
    List<TaskSpec> read = steps.read(keys);
    complete = steps.complete();
    return new Plan(name, Execution.PIPELINE, read, List.of(), barrier, input, null, null, null);
  }

  private Plan fanOut(@Nullable String name, boolean barrier) {
    FanOutReader parts = new FanOutReader(problems, modules);
    Split split = parts.split(keys);
    List<TaskSpec> read = parts.tasks(keys, split);
    complete = parts.complete();
    return new Plan(
        name,
        Execution.FAN_OUT_FAN_IN,
        read,
        List.of(),
        barrier,
        null,
        split,
        parts.conflicts(keys).orElse(null),
        null);
  }
}
