package io.archmage.plan.reader;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.TaskId;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.BareNumber;
import io.archmage.plan.document.DurationReader;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.ScalarType;
import io.archmage.plan.document.ValueReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one task of the common form or one step of a pipeline. */
final class TaskReader {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final ProblemCollector problems;
  private final @Nullable FamiliarName otherwise;

  TaskReader(ProblemCollector problems) {
    this(problems, null);
  }

  /**
   * A reader of tasks.
   *
   * @param otherwise who does those that name no familiar, or null if each must name one
   */
  TaskReader(ProblemCollector problems, @Nullable FamiliarName otherwise) {
    this.problems = problems;
    this.otherwise = otherwise;
  }

  /**
   * The task of a node, as far as it can be read.
   *
   * @param place what a message calls a task without an id, such as {@code task 3}
   * @return empty if it has no usable id, which is a problem
   */
  Optional<TaskSpec> read(Node node, String place) {
    if (node instanceof Scalar scalar && scalar.type() == ScalarType.STRING) {
      return bareItem(scalar, place);
    }
    return new ValueReader(problems, null)
        .mapping(node, place)
        .flatMap(mapping -> ofMapping(mapping, place));
  }

  /**
   * The step of a pipeline with that 1-based position, as far as it can be read. Without an id it
   * is called by its position and its action, else its familiar.
   *
   * @return empty if it is no mapping or has an unusable id, which is a problem
   */
  Optional<TaskSpec> readStep(Node node, int position) {
    String place = "step no. " + position;
    Optional<Mapping> mapping = new ValueReader(problems, null).mapping(node, place);
    if (mapping.isEmpty() || hasId(mapping.get())) {
      return mapping.flatMap(step -> ofMapping(step, place));
    }
    TaskId id = stepId(mapping.get(), position);
    MappingReader keys = new MappingReader(mapping.get(), Quoted.task(id), problems, id);
    keys.ignore(TaskKeys.ID);
    TaskSpec step = body(keys, id, id).build();
    keys.finish();
    return Optional.of(step);
  }

  /**
   * All keys of a task but its id; the caller asks for it and finishes the reader.
   *
   * @param id the task's id
   * @param known the id if there is one, for messages
   */
  TaskSpec.Builder body(MappingReader keys, TaskId id, @Nullable TaskId known) {
    TaskSpec.Builder task = TaskSpec.builder(id, familiar(keys, known));
    work(task, keys);
    rules(task, keys, known);
    artifacts(task, keys);
    TaskKeys.UNSUPPORTED.forEach(keys::unsupported);
    keys.ignore(TaskKeys.DRAWN);
    return task.position(keys.position());
  }

  private static boolean hasId(Mapping mapping) {
    return quiet(mapping).entry(TaskKeys.ID).isPresent();
  }

  private static TaskId stepId(Mapping mapping, int position) {
    MappingReader keys = quiet(mapping);
    return keys.text(TaskKeys.ACTION)
        .flatMap(action -> TaskIds.of(position + "-" + action))
        .or(
            () -> keys.text(TaskKeys.FAMILIAR)
                .flatMap(familiar -> TaskIds.of(position + "-" + familiar)))
        .orElseGet(() -> new TaskId(Integer.toString(position)));
  }

  /** A reader whose problems nobody sees. */
  private static MappingReader quiet(Mapping mapping) {
    return new MappingReader(mapping, "a task", new ProblemCollector(), null);
  }

  private Optional<TaskSpec> bareItem(Scalar text, String place) {
    Optional<TaskId> id = id(text.text(), text, place);
    id.ifPresent(
        known -> problems.add(
            text.position(),
            ProblemCode.MISSING_KEY,
            known,
            "\"familiar\" of " + Quoted.task(known) + " is missing",
            "Write the task as a mapping with \"id\", \"familiar\" and \"description\"."));
    return id.map(
        known -> TaskSpec.builder(known, FamiliarName.ARCHMAGE)
            .description(text.text())
            .position(text.position())
            .build());
  }

  private Optional<TaskSpec> ofMapping(Mapping mapping, String place) {
    Optional<String> written = quiet(mapping).requiredName(TaskKeys.ID);
    TaskId known = written.flatMap(text -> TaskIds.of(text)).orElse(null);
    String subject = known == null ? place : Quoted.task(known);
    MappingReader keys = new MappingReader(mapping, subject, problems, known);
    Optional<TaskId> id =
        keys.requiredName(TaskKeys.ID).flatMap(text -> id(text, mapping, place));
    TaskSpec.Builder task = body(keys, id.orElse(TaskIds.NONE), known);
    keys.finish();
    return id.map(ignored -> task.build());
  }

  private void work(TaskSpec.Builder task, MappingReader keys) {
    task.action(keys.text(TaskKeys.ACTION).orElse(null))
        .description(keys.text(TaskKeys.DESCRIPTION).orElse(null))
        .promptFile(keys.text(TaskKeys.PROMPT_FILE).orElse(null))
        .outputs(keys.mergedTexts(TaskKeys.OUTPUTS))
        .inputs(keys.texts(TaskKeys.INPUTS))
        .readOnly(keys.bool(TaskKeys.READ_ONLY).orElse(false));
  }

  private void rules(TaskSpec.Builder task, MappingReader keys, @Nullable TaskId id) {
    DependencyReader dependencies = new DependencyReader(problems, id);
    task.dependsOn(dependencies.dependsOn(keys))
        .parallelWith(dependencies.parallelWith(keys))
        .priority(
            keys.integer(TaskKeys.PRIORITY, 1, TaskSpec.MAX_PRIORITY)
                .orElse(TaskSpec.DEFAULT_PRIORITY))
        .estimate(estimate(keys))
        .timeout(keys.duration(TaskKeys.TIMEOUT, BareNumber.REFUSED, SHORTEST).orElse(null))
        .stallTimeout(
            keys.duration(TaskKeys.STALL_TIMEOUT, BareNumber.REFUSED, SHORTEST).orElse(null))
        .reason(keys.text(TaskKeys.REASON).orElse(null))
        .group(GroupReader.of(keys).orElse(null))
        .resources(ResourceAmounts.read(keys, TaskKeys.RESOURCES));
  }

  private static void artifacts(TaskSpec.Builder task, MappingReader keys) {
    ArtifactReader artifacts = new ArtifactReader(keys);
    task.outputKey(artifacts.outputKey().orElse(null)).inputFrom(artifacts.inputFrom());
  }

  private static @Nullable Duration estimate(MappingReader keys) {
    Optional<Mapping.Entry> entry =
        keys.entryOfAny(List.of(TaskKeys.ESTIMATE, TaskKeys.DURATION_S, TaskKeys.TASK_MINUTES));
    DurationReader durations = new DurationReader(keys.values());
    return entry
        .flatMap(
            found -> durations.read(
                found.value(), keys.what(found.key()), unit(found.key()), SHORTEST))
        .orElse(null);
  }

  private static BareNumber unit(String key) {
    if (TaskKeys.DURATION_S.names().contains(key)) {
      return BareNumber.SECONDS;
    }
    return TaskKeys.TASK_MINUTES.names().contains(key) ? BareNumber.MINUTES : BareNumber.REFUSED;
  }

  private Optional<TaskId> id(String text, Node node, String place) {
    Optional<TaskId> id = TaskIds.of(text);
    if (id.isEmpty()) {
      TaskIds.report(text, node.position(), "\"id\" of " + place, problems);
    }
    return id;
  }

  private FamiliarName familiar(MappingReader keys, @Nullable TaskId id) {
    if (otherwise != null && keys.entries(TaskKeys.FAMILIAR).isEmpty()) {
      return otherwise;
    }
    return named(keys, keys.requiredText(TaskKeys.FAMILIAR),
        id == null ? "a task" : Quoted.task(id));
  }

  /** The familiar of that name; the plan's own steps where there is none. */
  static FamiliarName named(MappingReader keys, Optional<String> name, String subject) {
    if (name.isEmpty()) {
      return FamiliarName.ARCHMAGE;
    }
    try {
      return new FamiliarName(name.get());
    } catch (IllegalArgumentException e) {
      keys.values()
          .problem(
              keys.position(),
              ProblemCode.INVALID_VALUE,
              "\"familiar\" of "
                  + subject
                  + " is "
                  + Quoted.of(name.get())
                  + ", but "
                  + e.getMessage(),
              "Write the name of a configured familiar.");
      return FamiliarName.ARCHMAGE;
    }
  }
}
