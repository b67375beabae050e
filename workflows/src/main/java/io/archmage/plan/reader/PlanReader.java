package io.archmage.plan.reader;

import io.archmage.plan.Execution;
import io.archmage.plan.Plan;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.DocumentReader;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.ScalarType;
import java.util.List;
import java.util.Optional;

/** Reads a plan of any form this version runs. */
public final class PlanReader {

  private static final String COLLECT_ALL = "collect_all";

  private final ProblemCollector problems = new ProblemCollector();
  private final TaskListReader tasks = new TaskListReader(problems);
  private final MappingReader keys;
  private final Mapping root;

  private PlanReader(Mapping root) {
    this.root = root;
    this.keys = new MappingReader(root, "the plan", problems, null);
  }

  /** The plan of a document, or all that is wrong with the document. */
  public static PlanReading read(Node root) {
    if (root instanceof Mapping mapping) {
      return new PlanReader(mapping).read();
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
    boolean whole = tasks.complete() && !plan.tasks().isEmpty();
    return new PlanReading.Problems(
        problems.list(), whole ? Optional.of(plan) : Optional.empty());
  }

  private Plan plan(Execution form) {
    boolean staged = form == Execution.STAGED_PARALLEL;
    String name = keys.text(PlanKeys.NAME).orElse(null);
    boolean barrier = keys.bool(PlanKeys.BARRIER).orElse(staged);
    keys.entry(PlanKeys.MERGE_STRATEGY).ifPresent(this::checkMergeStrategy);
    Plan plan;
    if (staged) {
      StageReader stages = new StageReader(problems, tasks);
      stages.read(keys);
      plan = new Plan(name, form, stages.tasks(), stages.stages(), barrier);
    } else {
      plan = new Plan(name, form, tasks.read(keys, "the plan"), List.of(), barrier);
    }
    keys.finish();
    return plan;
  }

  /** Collecting all results is what always happens, so the key only has to name it. */
  private void checkMergeStrategy(Mapping.Entry entry) {
    boolean known =
        entry.value() instanceof Scalar scalar
            && scalar.type() == ScalarType.STRING
            && scalar.text().equals(COLLECT_ALL);
    if (!known) {
      problems.add(
          entry.value().position(),
          ProblemCode.UNSUPPORTED,
          null,
          keys.what(entry.key())
              + " is "
              + entry.value().describe()
              + ", which is not supported by this version",
          "Write \"" + COLLECT_ALL + "\" or remove \"merge_strategy\".");
    }
  }
}
