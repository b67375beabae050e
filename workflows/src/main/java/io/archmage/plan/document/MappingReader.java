package io.archmage.plan.document;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import io.archmage.plan.Suggestions;
import io.archmage.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one mapping as typed values and collects every problem. Ask for each key that
 * may occur, then call {@link #finish}, which reports the keys nobody asked for. Keys that begin
 * with {@code _} or {@code printed} are notes for people and are ignored; a key with a null value
 * counts as absent. A key written under two of its names is a problem. Not thread-safe.
 */
public final class MappingReader {

  private final Mapping mapping;
  private final String subject;
  private final ProblemCollector problems;
  private final ValueReader values;
  private final Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
  private final SequencedSet<String> asked = new LinkedHashSet<>();

  /**
   * A reader of a mapping.
   *
   * @param subject what the mapping is, for messages: {@code task "T1"}, {@code the plan}
   * @param task the task that problems are about, or null
   */
  public MappingReader(
      Mapping mapping, String subject, ProblemCollector problems, @Nullable TaskId task) {
    this.mapping = mapping;
    this.subject = subject;
    this.problems = problems;
    this.values = new ValueReader(problems, task);
    mapping.entries()
        .stream()
        .filter(entry -> !isNote(entry.key()))
        .forEach(entry -> entries.put(entry.key(), entry));
  }

  /** Whether a key is a note for people that nobody reads. */
  public static boolean isNote(String key) {
    return key.startsWith("_") || key.startsWith("printed");
  }

  /** Where the mapping begins. */
  public Position position() {
    return mapping.position();
  }

  /** The reader of single values, with the same problems and task. */
  public ValueReader values() {
    return values;
  }

  /** How messages name the value of a key: {@code "priority" of task "T1"}. */
  public String what(String key) {
    return Quoted.of(key) + " of " + subject;
  }

  /** The one entry of a key, under any of its names. */
  public Optional<Mapping.Entry> entry(Key key) {
    return onlyOne(all(List.of(key)));
  }

  /** The one entry of several keys that say the same thing in different ways. */
  public Optional<Mapping.Entry> entryOfAny(List<Key> keys) {
    return onlyOne(all(keys));
  }

  /** All entries of a key under all of its names, in the order of the names. */
  public List<Mapping.Entry> entries(Key key) {
    return all(List.of(key));
  }

  /** All entries whatever their key, which then counts as known; notes are left out. */
  public List<Mapping.Entry> freeEntries() {
    asked.addAll(entries.keySet());
    return List.copyOf(entries.values());
  }

  /** A text. */
  public Optional<String> text(Key key) {
    return entry(key).flatMap(entry -> values.text(entry.value(), what(entry.key())));
  }

  /** A text that is not blank; its absence is a problem. */
  public Optional<String> requiredText(Key key) {
    return required(key).flatMap(entry -> notBlank(entry, values.text(entry.value(), name(entry))));
  }

  /** A text that is not blank, or a whole number read as text; its absence is a problem. */
  public Optional<String> requiredName(Key key) {
    return required(key).flatMap(entry -> notBlank(entry, values.name(entry.value(), name(entry))));
  }

  /** One of the given texts. */
  public Optional<String> choice(Key key, List<String> choices) {
    return entry(key).flatMap(entry -> values.choice(entry.value(), name(entry), choices));
  }

  /** A whole number from min to max. */
  public OptionalInt integer(Key key, int min, int max) {
    Optional<Mapping.Entry> entry = entry(key);
    return entry.isEmpty()
        ? OptionalInt.empty()
        : values.integer(entry.get().value(), name(entry.get()), min, max);
  }

  /** True or false. */
  public Optional<Boolean> bool(Key key) {
    return entry(key).flatMap(entry -> values.bool(entry.value(), name(entry)));
  }

  /** A duration of at least min. */
  public Optional<Duration> duration(Key key, BareNumber bare, Duration min) {
    return entry(key)
        .flatMap(
            entry -> new DurationReader(values).read(entry.value(), name(entry), bare, min));
  }

  /** A list of texts, empty if absent; a single text is a list of one. */
  public List<String> texts(Key key) {
    return entry(key).map(entry -> values.texts(entry.value(), name(entry))).orElse(List.of());
  }

  /** The lists of texts under all names of a key, joined, without repetitions. */
  public List<String> mergedTexts(Key key) {
    SequencedSet<String> merged = new LinkedHashSet<>();
    entries(key).forEach(entry -> merged.addAll(values.texts(entry.value(), name(entry))));
    return List.copyOf(merged);
  }

  /** The items of a list, empty if absent. */
  public List<Node> items(Key key) {
    return entry(key)
        .flatMap(entry -> values.sequence(entry.value(), name(entry)))
        .map(Sequence::items)
        .orElse(List.of());
  }

  /** A reader of a nested mapping, which needs its own {@link #finish}. */
  public Optional<MappingReader> mapping(Key key, @Nullable TaskId task) {
    return entry(key)
        .flatMap(entry -> values.mapping(entry.value(), name(entry)))
        .map(nested -> new MappingReader(nested, what(key.name()), problems, task));
  }

  /** Reports a key that exists but that this version does not run. */
  public void unsupported(Key key) {
    for (Mapping.Entry entry : all(List.of(key))) {
      values.problem(
          entry.keyPosition(),
          ProblemCode.UNSUPPORTED,
          name(entry) + " is not supported by this version",
          "Remove " + Quoted.of(entry.key()) + ".");
    }
  }

  /** Accepts a key without reading it. */
  public void ignore(Key key) {
    asked.addAll(key.names());
  }

  /** Reports every key that was not asked for, with the nearest one that was. */
  public void finish() {
    for (Mapping.Entry entry : entries.values()) {
      if (!asked.contains(entry.key())) {
        values.problem(
            entry.keyPosition(),
            ProblemCode.UNKNOWN_KEY,
            "unknown key " + name(entry),
            Suggestions.didYouMean(
                entry.key(), asked, "Remove it. Known keys: " + String.join(", ", asked) + "."));
      }
    }
  }

  private Optional<Mapping.Entry> required(Key key) {
    Optional<Mapping.Entry> entry = entry(key);
    if (entry.isEmpty()) {
      values.problem(
          mapping.position(),
          ProblemCode.MISSING_KEY,
          what(key.name()) + " is missing",
          "Add " + Quoted.of(key.name()) + ".");
    }
    return entry;
  }

  private Optional<String> notBlank(Mapping.Entry entry, Optional<String> text) {
    if (text.isPresent() && text.get().isBlank()) {
      values.problem(
          entry.value().position(),
          ProblemCode.INVALID_VALUE,
          name(entry) + " is blank",
          "Write a name.");
      return Optional.empty();
    }
    return text;
  }

  private List<Mapping.Entry> all(List<Key> keys) {
    List<Mapping.Entry> found = new ArrayList<>();
    for (Key key : keys) {
      for (String name : key.names()) {
        asked.add(name);
        Mapping.Entry entry = entries.get(name);
        if (entry != null && !entry.value().isNull()) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  private Optional<Mapping.Entry> onlyOne(List<Mapping.Entry> found) {
    for (Mapping.Entry second : found.stream().skip(1).toList()) {
      values.problem(
          second.keyPosition(),
          ProblemCode.CONFLICTING_KEYS,
          name(second) + " says the same as " + Quoted.of(found.getFirst().key()),
          "Keep one of the two.");
    }
    return found.stream().findFirst();
  }

  private String name(Mapping.Entry entry) {
    return what(entry.key());
  }
}
