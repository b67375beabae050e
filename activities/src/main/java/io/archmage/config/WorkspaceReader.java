package io.archmage.config;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.BareNumber;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.Sequence;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads the mapping {@code workspace}. */
final class WorkspaceReader {

  private static final Key SETUP = Key.of("setup");
  private static final Key COPY = Key.of("copy");
  private static final int MAX_POOL = 1_000;

  private final MappingReader reader;

  WorkspaceReader(MappingReader reader) {
    this.reader = reader;
  }

  WorkspaceRules read(WorkspaceRules rules) {
    List<String> excludes = reader.texts(Key.of("exclude"));
    List<String> inputs = reader.texts(Key.of("setup_inputs"));
    List<String> setup = isEmptyList(SETUP) ? List.of() : ArgumentList.read(reader, SETUP);
    List<String> copies = copies();
    WorkspaceRules read =
        new WorkspaceRules(
            excludes.isEmpty() ? rules.excludes() : excludes,
            setup.isEmpty() ? rules.setup() : setup,
            inputs.isEmpty() ? rules.setupInputs() : inputs,
            reader
                .duration(Key.of("setup_timeout"), BareNumber.REFUSED, Duration.ofSeconds(1))
                .orElse(rules.setupTimeout()),
            copies.isEmpty() ? rules.copies() : copies,
            reader.bool(Key.of("keep_failed")).orElse(rules.keepFailed()),
            reader.integer(Key.of("pool"), 0, MAX_POOL).orElse(rules.pool()),
            reader
                .duration(Key.of("snapshot_every"), BareNumber.REFUSED, Duration.ofSeconds(1))
                .orElse(rules.snapshotEvery()));
    reader.finish();
    return read;
  }

  private boolean isEmptyList(Key key) {
    return reader
        .entry(key)
        .filter(entry -> entry.value() instanceof Sequence list && list.items().isEmpty())
        .isPresent();
  }

  private List<String> copies() {
    List<String> copies = reader.texts(COPY);
    for (String copy : copies) {
      if (!isInside(copy)) {
        reader
            .values()
            .problem(
                reader.entry(COPY).orElseThrow().value().position(),
                ProblemCode.INVALID_VALUE,
                reader.what("copy") + " names \"" + copy + "\", which is no file of the repository",
                "Write a path from the repository's top, without \"..\", such as .env.");
        return List.of();
      }
    }
    return copies;
  }

  private static boolean isInside(String text) {
    try {
      Path path = Path.of(text);
      return !text.isBlank()
          && !path.isAbsolute()
          && path.equals(path.normalize())
          && !path.startsWith("..")
          && !path.startsWith(".git")
          && text.chars().noneMatch(Character::isISOControl);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
