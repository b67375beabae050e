package io.archmage.plan.reader;

import io.archmage.plan.InputSource;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the names by which a task hands on its output and is handed others'. */
final class ArtifactReader {

  private static final int MAX_LENGTH = 200;

  private final MappingReader keys;

  ArtifactReader(MappingReader keys) {
    this.keys = keys;
  }

  /** The name of the task's own output. */
  Optional<String> outputKey() {
    Optional<Mapping.Entry> entry = keys.entry(TaskKeys.OUTPUT_KEY);
    return entry.flatMap(found -> name(found.value(), keys.what(found.key())));
  }

  /** The names of the results it is handed, in written order. */
  List<InputSource> inputFrom() {
    List<InputSource> sources = new ArrayList<>();
    keys.entry(TaskKeys.INPUT_FROM)
        .ifPresent(
            entry -> {
              String what = keys.what(entry.key());
              for (Node item : items(entry.value())) {
                name(item, item == entry.value() ? what : "an entry of " + what)
                    .ifPresent(key -> sources.add(new InputSource(key, item.position())));
              }
            });
    return sources;
  }

  private static List<Node> items(Node value) {
    return value instanceof Sequence sequence ? sequence.items() : List.of(value);
  }

  private Optional<String> name(Node node, String what) {
    Optional<String> name = keys.values().name(node, what);
    if (name.isEmpty() || usable(name.get())) {
      return name;
    }
    keys.values()
        .problem(
            node.position(),
            ProblemCode.INVALID_VALUE,
            what
                + " is "
                + Quoted.of(name.get())
                + ", expected 1 to "
                + MAX_LENGTH
                + " characters without control characters",
            "Write a short name.");
    return Optional.empty();
  }

  private static boolean usable(String name) {
    return !name.isBlank()
        && name.length() <= MAX_LENGTH
        && name.chars().noneMatch(Character::isISOControl);
  }
}
