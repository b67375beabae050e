package io.archmage.config;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Sequence;
import java.util.List;
import java.util.Optional;

/** Reads a program and its arguments. */
final class ArgumentList {

  private ArgumentList() {}

  /** The list, empty if the key is absent or, which is a problem, its value is no such list. */
  static List<String> read(MappingReader reader, Key key) {
    Optional<Mapping.Entry> entry = reader.entry(key);
    List<String> command =
        entry.filter(e -> e.value() instanceof Sequence).isPresent()
            ? reader.texts(key)
            : List.of();
    if (entry.isPresent() && (command.isEmpty() || command.getFirst().isBlank())) {
      reader
          .values()
          .problem(
              entry.get().value().position(),
              ProblemCode.INVALID_VALUE,
              reader.what(key.name()) + " is no list of a program and its arguments",
              "Write [\"program\", \"argument\"]; no shell is used.");
      return List.of();
    }
    return command;
  }
}
