package io.archmage.plan.reader;

import io.archmage.plan.Execution;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.ProblemCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells the form of a plan from its key {@code execution}, else from its other keys. */
final class FormReader {

  private static final String FORMS =
      "parallel, staged_parallel, pipeline, fan_out_fan_in and dag";
  private static final List<String> EXECUTIONS =
      Arrays.stream(Execution.values()).map(Execution::key).toList();

  private final Mapping root;
  private final MappingReader keys;
  private final ProblemCollector problems;

  FormReader(Mapping root, MappingReader keys, ProblemCollector problems) {
    this.root = root;
    this.keys = keys;
    this.problems = problems;
  }

  /** A form this version runs; anything else is a problem. */
  Optional<Execution> form() {
    Optional<Mapping.Entry> entry = keys.entry(PlanKeys.EXECUTION);
    Optional<Execution> stated = Optional.empty();
    if (entry.isPresent()) {
      stated = stated(entry.get());
      if (stated.isEmpty()) {
        return stated;
      }
    }
    Optional<Mapping.Entry> foreign =
        root.entries().stream().filter(e -> PlanKeys.OTHER_FORMS.contains(e.key())).findFirst();
    if (foreign.isPresent()) {
      unsupportedForm(
          foreign.get().keyPosition(), "a plan with " + Quoted.of(foreign.get().key()));
      return Optional.empty();
    }
    Execution form = stated.orElseGet(this::toldByKeys);
    checkPlace(form);
    return Optional.of(form);
  }

  private Execution toldByKeys() {
    if (root.has(PlanKeys.STAGES.name())) {
      return Execution.STAGED_PARALLEL;
    }
    if (root.has(PlanKeys.STEPS.name())) {
      return Execution.PIPELINE;
    }
    boolean fans =
        root.has(PlanKeys.SPLIT.name()) || root.has(PlanKeys.PARALLEL_TASKS.name());
    return fans ? Execution.FAN_OUT_FAN_IN : Execution.DAG;
  }

  private Optional<Execution> stated(Mapping.Entry entry) {
    Optional<String> text = keys.values().text(entry.value(), keys.what(entry.key()));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Execution> execution = Execution.ofKey(text.get());
    if (execution.isEmpty()) {
      problems.add(
          entry.value().position(),
          ProblemCode.UNKNOWN_EXECUTION,
          null,
          "unknown execution " + Quoted.of(text.get()),
          Suggestions.didYouMean(text.get(), EXECUTIONS, "This version runs " + FORMS + "."));
    }
    return execution;
  }

  private void unsupportedForm(Position position, String what) {
    problems.add(
        position,
        ProblemCode.UNSUPPORTED_FORM,
        null,
        what + " is not supported by this version",
        "This version runs " + FORMS + ".");
  }

  private void checkPlace(Execution form) {
    List<Key> own = keysOf(form);
    for (Execution other : Execution.values()) {
      for (Key key : keysOf(other)) {
        if (!own.contains(key) && other != Execution.DAG) {
          keys.entries(key).forEach(entry -> misplaced(entry, form, other));
        }
      }
    }
  }

  private void misplaced(Mapping.Entry entry, Execution form, Execution other) {
    problems.add(
        entry.keyPosition(),
        ProblemCode.MISPLACED_KEY,
        null,
        keys.what(entry.key()) + " does not belong to execution " + Quoted.of(form.key()),
        fix(entry.key(), form, other));
  }

  private static String fix(String key, Execution form, Execution other) {
    String execution = "execution " + Quoted.of(other.key());
    String place = "the tasks into " + Quoted.of(keysOf(form).getFirst().name()) + ".";
    if (key.equals(PlanKeys.TASKS.name())) {
      return "Put " + place;
    }
    return key.equals(keysOf(other).getFirst().name())
        ? "Write " + execution + " or put " + place
        : "Remove it, or write " + execution + ".";
  }

  /** The keys that not every form has; the one with the tasks first. */
  private static List<Key> keysOf(Execution form) {
    return switch (form) {
      case PARALLEL, DAG -> List.of(PlanKeys.TASKS);
      case STAGED_PARALLEL -> List.of(PlanKeys.STAGES);
      case PIPELINE -> List.of(PlanKeys.STEPS, PlanKeys.INPUT);
      case FAN_OUT_FAN_IN ->
        List.of(PlanKeys.PARALLEL_TASKS, PlanKeys.SPLIT, PlanKeys.MERGE);
    };
  }
}
