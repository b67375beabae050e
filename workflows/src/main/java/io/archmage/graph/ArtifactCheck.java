package io.archmage.graph;

import io.archmage.plan.Execution;
import io.archmage.plan.InputSource;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskInput;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.ProblemCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Refuses results with one name and named results that nobody makes in time. */
final class ArtifactCheck {

  private final TaskIndex index;
  private final ProblemCollector problems;

  private ArtifactCheck(TaskIndex index, ProblemCollector problems) {
    this.index = index;
    this.problems = problems;
  }

  static void check(TaskIndex index, ProblemCollector problems) {
    ArtifactCheck check = new ArtifactCheck(index, problems);
    check.names();
    for (int task = 0; task < index.size(); task++) {
      for (InputSource source : index.task(task).inputFrom()) {
        check.source(source, task);
      }
    }
  }

  private void names() {
    Map<String, TaskSpec> first = new LinkedHashMap<>();
    for (TaskSpec task : index.plan().tasks()) {
      String key = task.outputKey();
      if (hasInput() && TaskInput.PLAN_INPUT.equals(key == null ? task.id().value() : key)) {
        duplicate(task, TaskInput.PLAN_INPUT, "the name of the pipeline's own input");
      } else if (key != null) {
        TaskSpec other = first.putIfAbsent(key, task);
        OptionalInt named = named(key);
        if (other != null) {
          duplicate(task, key, "already that of " + Quoted.task(other.id()));
        } else if (named.isPresent() && index.task(named.getAsInt()) != task) {
          duplicate(task, key, "the id of another task");
        }
      }
    }
  }

  private OptionalInt named(String key) {
    return index.find(new TaskId(key));
  }

  private void duplicate(TaskSpec task, String key, String whose) {
    problems.add(
        task.position(),
        ProblemCode.DUPLICATE_OUTPUT_KEY,
        task.id(),
        "the result of " + Quoted.task(task.id()) + " is called " + Quoted.of(key) + ", which is "
            + whose,
        "Give it another \"output_key\".");
  }

  private void source(InputSource source, int task) {
    boolean own = hasInput() && source.key().equals(TaskInput.PLAN_INPUT);
    if (own || index.maker(source.key(), task).isPresent()) {
      return;
    }
    List<String> known = new ArrayList<>(index.outputKeys(task));
    if (hasInput()) {
      known.add(TaskInput.PLAN_INPUT);
    }
    TaskId id = index.id(task);
    problems.add(
        source.position(),
        ProblemCode.UNKNOWN_INPUT,
        id,
        "\"input_from\" of " + Quoted.task(id) + " names " + Quoted.of(source.key()) + ", which no "
            + others() + " makes",
        fix(source.key(), task, known));
  }

  private String fix(String key, int task, List<String> known) {
    OptionalInt maker = index.maker(key);
    if (maker.isPresent()) {
      return maker.getAsInt() == task
          ? "It is its own result: remove the entry."
          : "Put " + Quoted.task(index.id(maker.getAsInt())) + ", which makes it, before this one.";
    }
    return Suggestions.didYouMean(
        key,
        known,
        "Write \"output_key\" " + Quoted.of(key) + " at the task that makes it"
            + (known.isEmpty() ? "." : ", or name one of " + String.join(", ", known) + "."));
  }

  private boolean hasInput() {
    return index.plan().input() != null;
  }

  private String others() {
    if (index.plan().execution() == Execution.PIPELINE) {
      return "earlier step";
    }
    return index.plan().stages().isEmpty() ? "other task" : "task of this or an earlier stage";
  }
}
