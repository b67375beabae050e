package io.archmage.graph;

import io.archmage.plan.Execution;
import io.archmage.plan.FamiliarName;
import io.archmage.plan.Plan;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.util.List;
import java.util.stream.Collectors;

/** Proves that a plan can run, or says everything that keeps it from running. */
public final class PlanValidator {

  /** The most tasks of one plan. */
  public static final int MAX_TASKS = 20_000;

  private static final int MAX_SHOWN = 10;

  private final Plan plan;
  private final PlanSurroundings surroundings;
  private final ProblemCollector problems = new ProblemCollector();
  private final ProblemCollector warnings = new ProblemCollector();

  private PlanValidator(Plan plan, PlanSurroundings surroundings) {
    this.plan = plan;
    this.surroundings = surroundings;
  }

  /** The graph of a plan with warnings, or all problems at once. */
  public static Validation validate(Plan plan, PlanSurroundings surroundings) {
    return new PlanValidator(plan, surroundings).validate();
  }

  private Validation validate() {
    if (!checkSize()) {
      return new Validation.Refused(problems.list(), List.of());
    }
    PartitionCheck.check(plan, surroundings, problems);
    if (!problems.isEmpty()) {
      checkSurroundings();
      return new Validation.Refused(problems.list(), List.of());
    }
    TaskIndex index = new TaskIndex(plan);
    ProblemCollector structure = new ProblemCollector();
    new IdCheck(index, structure).check();
    StageCheck.check(index, structure);
    ArtifactCheck.check(index, structure);
    List<Cycle> cycles = CycleCheck.check(index, structure);
    problems.addAll(structure.list());
    checkSurroundings();
    boolean paths = checkTasks();
    if (!paths || !structure.isEmpty()) {
      return new Validation.Refused(problems.list(), cycles);
    }
    OutputTable outputs = new OutputTable(index, surroundings);
    ParallelWithCheck parallel = new ParallelWithCheck(index, outputs);
    parallel.checkOutputs(problems);
    GraphBuilder builder = new GraphBuilder(index, outputs, surroundings);
    TaskGraph graph = builder.build();
    parallel.checkOrder(graph, builder.writtenEdges(), problems, warnings);
    checkOverflow(builder);
    if (!problems.isEmpty()) {
      return new Validation.Refused(problems.list(), List.of());
    }
    warnOfUnknownOutputs();
    return new Validation.Runnable(graph, warnings.list());
  }

  private boolean checkSize() {
    int size = plan.tasks().size();
    if (size == 0) {
      problems.add(
          Position.UNKNOWN,
          ProblemCode.NO_TASKS,
          null,
          "the plan has no tasks",
          "Add at least one task under \"tasks\".");
    } else if (size > MAX_TASKS) {
      problems.add(
          plan.tasks().getFirst().position(),
          ProblemCode.TOO_MANY_TASKS,
          null,
          "the plan has " + size + " tasks, at most " + MAX_TASKS + " can run",
          "Split it into several plans.");
    }
    return problems.isEmpty();
  }

  private void checkSurroundings() {
    FamiliarCheck.check(plan.tasks(), surroundings, problems);
    ResourceCheck.check(plan.tasks(), surroundings, problems);
  }

  private boolean checkTasks() {
    ProblemCollector found = new ProblemCollector();
    TaskCheck check = new TaskCheck(surroundings, found);
    plan.tasks().forEach(check::check);
    problems.addAll(found.list());
    return found.list()
        .stream()
        .noneMatch(problem -> problem.code().equals(ProblemCode.INVALID_PATH.key()));
  }

  private void checkOverflow(GraphBuilder builder) {
    if (builder.overflowed()) {
      problems.add(
          plan.tasks().getFirst().position(),
          ProblemCode.TOO_MANY_EDGES,
          null,
          "rules and shared files order more than " + GraphBuilder.MAX_EDGES + " pairs of tasks",
          "Declare fewer \"outputs\" in common, or set \"dependencies.infer_rules\" to false.");
    }
  }

  private void warnOfUnknownOutputs() {
    List<TaskSpec> unknown =
        plan.tasks()
            .stream()
            .filter(task -> task.outputs().isEmpty() && !task.readOnly())
            .filter(task -> !task.familiar().equals(FamiliarName.ARCHMAGE))
            .toList();
    boolean together = plan.execution() != Execution.PIPELINE;
    if (!surroundings.fileConflictCheck() || !together || unknown.size() < 2) {
      return;
    }
    String names =
        unknown.stream()
            .limit(MAX_SHOWN)
            .map(task -> Quoted.of(task.id().value()))
            .collect(Collectors.joining(", "));
    String more = unknown.size() > MAX_SHOWN ? ", …" : "";
    warnings.add(
        unknown.getFirst().position(),
        ProblemCode.UNKNOWN_OUTPUTS,
        null,
        unknown.size() + " tasks declare no outputs, so shared files are not noticed: "
            + names
            + more,
        "Add \"outputs\" to the tasks.");
  }
}
