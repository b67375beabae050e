package io.archmage.plan.reader;

import io.archmage.plan.ConflictPolicy;
import io.archmage.plan.MergeRules;
import io.archmage.plan.MergeRules.DifferentFunctions;
import io.archmage.plan.MergeRules.Resolutions;
import io.archmage.plan.MergeRules.SameFunction;
import io.archmage.plan.MergeRules.Union;
import io.archmage.plan.MergeSettings;
import io.archmage.plan.MergeSettings.GitMerge;
import io.archmage.plan.MergeSettings.ResultMerge;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.plan.document.ProblemCollector;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code result_merge}, {@code git_merge}, and {@code merge_strategy}, which can mean either
 * by its value, in a plan or in a configuration.
 */
public final class MergeReader {

  private static final Key RESULT = Key.of("result_merge");
  private static final Key GIT = Key.of("git_merge");
  private static final Key TYPE = Key.of("type");
  private static final Key RULES = Key.of("rules");
  private static final Key HANDLING = Key.of("conflict_handling");
  private static final Key RESOLVABLE = Key.of("auto_resolvable");
  private static final String ASKING = "pause_and_notify";
  private static final List<String> RESULTS = names(ResultMerge.class);
  private static final List<String> GITS = names(GitMerge.class);

  private final MappingReader keys;
  private final ProblemCollector problems;
  private @Nullable ResultMerge result;
  private @Nullable MergeRules rules;
  private @Nullable GitMerge git;

  private MergeReader(MappingReader keys, ProblemCollector problems) {
    this.keys = keys;
    this.problems = problems;
  }

  /** Reads the three keys of a mapping; problems go to where those of the mapping go. */
  public static MergeSettings read(MappingReader keys, ProblemCollector problems) {
    return new MergeReader(keys, problems).read();
  }

  private MergeSettings read() {
    Optional<Mapping.Entry> strategy = keys.entry(PlanKeys.MERGE_STRATEGY);
    Optional<Mapping.Entry> results = keys.entry(RESULT);
    Optional<Mapping.Entry> gits = keys.entry(GIT);
    strategy.ifPresent(this::route);
    results.ifPresent(entry -> once(entry, result != null, strategy, this::readResult));
    gits.ifPresent(entry -> once(entry, git != null, strategy, this::readGit));
    return new MergeSettings(result, rules, git);
  }

  private interface Part {
    void read(Mapping.Entry entry);
  }

  private void once(
      Mapping.Entry entry, boolean said, Optional<Mapping.Entry> strategy, Part part) {
    if (said && strategy.isPresent()) {
      keys.values()
          .problem(
              entry.keyPosition(),
              ProblemCode.CONFLICTING_KEYS,
              keys.what(entry.key()) + " says the same as " + Quoted.of(strategy.get().key()),
              "Keep one of the two.");
    } else {
      part.read(entry);
    }
  }

  private void route(Mapping.Entry entry) {
    if (entry.value() instanceof Scalar scalar && GITS.contains(scalar.text())) {
      readGit(entry);
    } else {
      readResult(entry);
    }
  }

  private void readGit(Mapping.Entry entry) {
    keys.values()
        .choice(entry.value(), keys.what(entry.key()), GITS)
        .ifPresent(name -> git = MergeSettings.named(GitMerge.class, name));
  }

  private void readResult(Mapping.Entry entry) {
    if (entry.value() instanceof Mapping mapping) {
      readObject(new MappingReader(mapping, keys.what(entry.key()), problems, null));
    } else if (entry.value() instanceof Scalar scalar && scalar.type() == ScalarType.STRING) {
      List<String> known = new ArrayList<>(RESULTS);
      if (entry.key().equals(PlanKeys.MERGE_STRATEGY.name())) {
        known.addAll(GITS);
      }
      keys.values()
          .choice(scalar, keys.what(entry.key()), known)
          .ifPresent(name -> set(MergeSettings.named(ResultMerge.class, name)));
    } else {
      keys.values()
          .wrong(
              entry.value(),
              keys.what(entry.key()),
              "text or a mapping",
              "Write one of " + String.join(", ", RESULTS) + ", or {type: smart_merge}.");
    }
  }

  private void set(ResultMerge value) {
    result = value;
    rules = value == ResultMerge.SMART_MERGE ? MergeRules.DEFAULT : null;
  }

  private void readObject(MappingReader object) {
    Optional<String> type = object.choice(TYPE, RESULTS);
    if (object.entry(TYPE).isEmpty()) {
      object.values()
          .problem(
              object.position(),
              ProblemCode.MISSING_KEY,
              object.what(TYPE.name()) + " is missing",
              "Write \"type\": \"smart_merge\".");
    }
    Optional<MappingReader> ruleKeys = object.mapping(RULES, null);
    Optional<MappingReader> handling = object.mapping(HANDLING, null);
    type.ifPresent(name -> set(MergeSettings.named(ResultMerge.class, name)));
    if (type.isPresent() && result != ResultMerge.SMART_MERGE) {
      object.entry(RULES).ifPresent(entry -> withoutEffect(object, entry));
      object.entry(HANDLING).ifPresent(entry -> withoutEffect(object, entry));
    } else {
      MergeRules read = rules(ruleKeys, handling);
      if (result == ResultMerge.SMART_MERGE) {
        rules = read;
      }
    }
    object.finish();
  }

  private static void withoutEffect(MappingReader object, Mapping.Entry entry) {
    object.values()
        .problem(
            entry.keyPosition(),
            ProblemCode.CONFLICTING_KEYS,
            object.what(entry.key()) + " has no effect without type \"smart_merge\"",
            "Remove it, or write \"type\": \"smart_merge\".");
  }

  private static MergeRules rules(
      Optional<MappingReader> keys, Optional<MappingReader> handling) {
    MergeRules defaults = MergeRules.DEFAULT;
    Resolutions resolutions =
        handling.map(
            reader -> choice(reader, RESOLVABLE, Resolutions.class, defaults.resolutions()))
            .orElse(defaults.resolutions());
    @Nullable ConflictPolicy manual =
        handling.flatMap(
            reader -> reader.choice(Key.of("manual_required"), List.of(ASKING, "rerun")))
            .map(name -> name.equals(ASKING) ? ConflictPolicy.ASK : ConflictPolicy.RERUN)
            .orElse(null);
    handling.ifPresent(
        reader -> {
          if (resolutions == Resolutions.ASK && manual != ConflictPolicy.ASK) {
            nobodyAsked(reader);
          }
          reader.finish();
        });
    MergeRules read =
        new MergeRules(
            keys.map(
                reader -> choice(
                    reader, Key.of("same_function"), SameFunction.class, defaults.sameFunction()))
                .orElse(defaults.sameFunction()),
            keys.map(
                reader -> choice(
                    reader,
                    Key.of("different_functions"),
                    DifferentFunctions.class,
                    defaults.differentFunctions()))
                .orElse(defaults.differentFunctions()),
            keys.map(reader -> choice(reader, Key.of("imports"), Union.class, defaults.imports()))
                .orElse(defaults.imports()),
            keys.map(reader -> choice(reader, Key.of("types"), Union.class, defaults.types()))
                .orElse(defaults.types()),
            resolutions,
            manual);
    keys.ifPresent(MappingReader::finish);
    return read;
  }

  private static void nobodyAsked(MappingReader handling) {
    Mapping.Entry entry = handling.entry(RESOLVABLE).orElseThrow();
    handling.values()
        .problem(
            entry.value().position(),
            ProblemCode.CONFLICTING_KEYS,
            handling.what(entry.key())
                + " is \"ask\", but without \"manual_required\": \"pause_and_notify\" nobody is"
                + " asked",
            "Add \"manual_required\": \"pause_and_notify\", or write \"apply\".");
  }

  private static <E extends Enum<E>> E choice(
      MappingReader keys, Key key, Class<E> type, E otherwise) {
    return keys.choice(key, names(type))
        .map(name -> MergeSettings.named(type, name))
        .orElse(otherwise);
  }

  private static <E extends Enum<E>> List<String> names(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E value : type.getEnumConstants()) {
      names.add(value.name().toLowerCase(Locale.ROOT));
    }
    return List.copyOf(names);
  }
}
