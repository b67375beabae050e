package io.archmage.plan.reader;

import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Split;
import io.archmage.plan.TaskSpec;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a fan-out: what is divided, the work on each part, and how the parts come together. */
final class FanOutReader {

  private static final Key STRATEGY = Key.of("strategy");
  private static final Key INPUT = Key.of("input");
  private static final Key PARTITIONS = Key.of("partitions");
  private static final Key CONFLICT_RESOLUTION = Key.of("conflict_resolution");

  private final ProblemCollector problems;
  private final ModuleFinder modules;
  private boolean complete = true;

  FanOutReader(ProblemCollector problems, ModuleFinder modules) {
    this.problems = problems;
    this.modules = modules;
  }

  /** Whether every task has an id. */
  boolean complete() {
    return complete;
  }

  /** What is divided; the partitions are found where the plan names none. */
  Split split(MappingReader plan) {
    Optional<Mapping> mapping = part(plan, PlanKeys.SPLIT);
    if (mapping.isEmpty()) {
      return new Split("", List.of());
    }
    MappingReader split =
        new MappingReader(mapping.get(), plan.what(PlanKeys.SPLIT.name()), problems, null);
    split.choice(STRATEGY, List.of("by_module"));
    String written = plain(split.text(INPUT).orElse("."));
    String input = written.equals(".") ? "" : written;
    Optional<Mapping.Entry> named = split.entry(PARTITIONS);
    List<Split.Partition> partitions =
        named.isPresent() ? partitions(split, named.get()) : found(split, input);
    split.finish();
    return new Split(input, partitions);
  }

  /** The work on the parts of a split; nothing if it has none, which is a problem already. */
  List<TaskSpec> tasks(MappingReader plan, Split split) {
    Optional<Mapping> mapping = part(plan, PlanKeys.PARALLEL_TASKS);
    if (mapping.isEmpty()) {
      return List.of();
    }
    PartitionTasks tasks = new PartitionTasks(mapping.get(), problems);
    List<TaskSpec> read = tasks.of(split);
    complete &= tasks.complete();
    return read;
  }

  /** What happens to parts that do not merge, if the plan says so. */
  Optional<ConflictPolicy> conflicts(MappingReader plan) {
    Optional<MappingReader> keys = plan.mapping(PlanKeys.MERGE, null);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    MappingReader merge = keys.get();
    merge.choice(STRATEGY, List.of("collect_changes"));
    Optional<ConflictPolicy> policy =
        merge.choice(CONFLICT_RESOLUTION, List.of("manual", "rerun"))
            .map(text -> text.equals("manual") ? ConflictPolicy.ASK : ConflictPolicy.RERUN);
    merge.finish();
    return policy;
  }

  private Optional<Mapping> part(MappingReader plan, Key key) {
    Optional<Mapping.Entry> entry = plan.entry(key);
    if (entry.isEmpty()) {
      problems.add(
          plan.position(),
          ProblemCode.MISSING_KEY,
          null,
          plan.what(key.name()) + " is missing",
          "Add " + Quoted.of(key.name()) + ".");
    }
    return entry.flatMap(
        found -> plan.values().mapping(found.value(), plan.what(found.key())));
  }

  private List<Split.Partition> partitions(MappingReader split, Mapping.Entry entry) {
    String what = split.what(entry.key());
    List<Node> items =
        entry.value() instanceof Sequence list ? list.items() : List.of(entry.value());
    if (items.isEmpty()) {
      problems.add(
          entry.keyPosition(),
          ProblemCode.NO_TASKS,
          null,
          what + " is empty",
          "Name a directory, or leave it out: then every directory below \"input\" is one.");
    }
    List<Split.Partition> partitions = new ArrayList<>();
    for (Node item : items) {
      split.values()
          .text(item, "an entry of " + what)
          .ifPresentOrElse(
              text -> partitions.add(new Split.Partition(plain(text), item.position())),
              () -> complete = false);
    }
    return partitions;
  }

  private List<Split.Partition> found(MappingReader split, String input) {
    List<String> names = modules.below(input);
    Position position = split.position();
    if (names.isEmpty()) {
      problems.add(
          position,
          ProblemCode.NO_TASKS,
          null,
          "the base commit has no directories below " + Quoted.of(input.isEmpty() ? "." : input),
          "Correct \"input\", or commit the directories.");
    }
    return names.stream().map(name -> new Split.Partition(name, position)).toList();
  }

  /** A path without {@code ./} at its beginning and slashes at its end; the root is a dot. */
  private static String plain(String path) {
    String plain = path.equals("./") ? "." : path;
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    while (plain.endsWith("/") && plain.length() > 1) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return plain;
  }
}
