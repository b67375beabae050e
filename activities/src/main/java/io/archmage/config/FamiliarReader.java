package io.archmage.config;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.BareNumber;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.Sequence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Reads the mapping {@code familiars}. */
final class FamiliarReader {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Key RESUME = Key.of("resume");
  private static final List<String> LATER =
      List.of("model", "executable", "args", "sandbox", "may_add_tasks");

  private final MappingReader all;
  private final ProblemCollector problems;
  private final ConcurrencyReader concurrency;

  FamiliarReader(MappingReader all, ProblemCollector problems, ConcurrencyReader concurrency) {
    this.all = all;
    this.problems = problems;
    this.concurrency = concurrency;
  }

  void readInto(SortedMap<FamiliarName, FamiliarSettings> familiars) {
    for (Mapping.Entry entry : all.freeEntries()) {
      FamiliarName name = ConcurrencyReader.name(all, entry);
      if (name == null) {
        continue;
      }
      all.values()
          .mapping(entry.value(), all.what(entry.key()))
          .map(
              nested -> new MappingReader(nested, "familiar \"" + name + "\"", problems, null))
          .ifPresent(reader -> familiars.put(name, one(name, reader)));
    }
  }

  private FamiliarSettings one(FamiliarName name, MappingReader reader) {
    concurrency.familiar(name, reader, Key.of("max_instances", "instances"));
    FamiliarSettings settings =
        new FamiliarSettings(
            name,
            command(name, reader),
            environment(reader),
            reader.text(Key.of("role")).orElse(null),
            reader
                .duration(Key.of("timeout"), BareNumber.REFUSED, SHORTEST)
                .orElse(FamiliarSettings.DEFAULT_TIMEOUT),
            reader.duration(Key.of("stall_timeout"), BareNumber.REFUSED, SHORTEST).orElse(null),
            reader.bool(Key.of("read_only")).orElse(false),
            ArgumentList.read(reader, RESUME));
    if (settings.command().isEmpty() && reader.entry(RESUME).isPresent()) {
      reader
          .values()
          .problem(
              reader.entry(RESUME).get().keyPosition(),
              ProblemCode.MISSING_KEY,
              reader.what("resume") + " stands without \"command\"",
              "Add command: [\"program\", \"argument\"], which begins a session.");
    }
    LATER.forEach(key -> reader.unsupported(Key.of(key)));
    reader.finish();
    return settings;
  }

  private List<String> command(FamiliarName name, MappingReader reader) {
    Key key = Key.of("command");
    reader
        .text(Key.of("adapter"))
        .filter(adapter -> !adapter.equals("command"))
        .ifPresent(adapter -> adapterUnsupported(name, adapter, reader));
    if (reader.entry(key).filter(entry -> entry.value() instanceof Sequence).isEmpty()) {
      reader
          .entry(key)
          .ifPresent(
              entry -> reader
                  .values()
                  .wrong(
                      entry.value(),
                      reader.what("command"),
                      "a list of the program and its arguments",
                      "Write [\"program\", \"argument\"]; no shell is used."));
      return List.of();
    }
    List<String> command = reader.texts(key);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      reader
          .values()
          .problem(
              reader.entry(key).orElseThrow().value().position(),
              ProblemCode.INVALID_VALUE,
              reader.what("command") + " names no program",
              "Write [\"program\", \"argument\"].");
      return List.of();
    }
    return command;
  }

  private static void adapterUnsupported(
      FamiliarName name, String adapter, MappingReader reader) {
    reader
        .values()
        .problem(
            reader.entry(Key.of("adapter")).orElseThrow().value().position(),
            ProblemCode.UNSUPPORTED,
            "adapter \"" + adapter + "\" of familiar \"" + name + "\" is not there in this version",
            "Give it a \"command\" that starts the program.");
  }

  /** The extra variables that {@code env} names. */
  static Map<String, String> environment(MappingReader reader) {
    Map<String, String> environment = new LinkedHashMap<>();
    reader
        .mapping(Key.of("env"), null)
        .ifPresent(
            variables -> {
              for (Mapping.Entry entry : variables.freeEntries()) {
                variable(variables, entry).ifPresent(text -> environment.put(entry.key(), text));
              }
              variables.finish();
            });
    return environment;
  }

  private static Optional<String> variable(MappingReader variables, Mapping.Entry entry) {
    if (!VARIABLE.matcher(entry.key()).matches()) {
      variables
          .values()
          .problem(
              entry.keyPosition(),
              ProblemCode.INVALID_VALUE,
              variables.what(entry.key()) + " is no name of an environment variable",
              "Write letters, digits and '_', not beginning with a digit.");
      return Optional.empty();
    }
    if (entry.value() instanceof Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar.text());
    }
    return variables
        .values()
        .wrong(
            entry.value(),
            variables.what(entry.key()),
            "a text",
            "Write a text; ${env:NAME} takes the worker's variable NAME.");
  }
}
