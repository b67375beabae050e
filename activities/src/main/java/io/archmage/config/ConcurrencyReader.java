package io.archmage.config;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import io.archmage.schedule.Rate;
import io.archmage.schedule.RateLimits;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@code concurrency} in both forms. */
final class ConcurrencyReader {

  private static final int MAX = Configuration.MAX_PARALLEL;
  private static final Key MAX_PARALLEL =
      Key.of("max_parallel", "max_parallel_familiars", "max_concurrency", "max_workers");

  private final FamiliarValues<Integer> instances = new FamiliarValues<>();
  private final FamiliarValues<Rate> rates = new FamiliarValues<>();
  private final SortedSet<FamiliarName> named = new TreeSet<>();
  private int maxParallel = Configuration.DEFAULT_MAX_PARALLEL;
  private int maxParallelTasks = MAX;
  private @Nullable Integer callsPerMinute;
  private @Nullable Integer tokensPerMinute;

  int maxParallel() {
    return maxParallel;
  }

  /** Of every familiar that is named in a limit. */
  SortedMap<FamiliarName, Integer> instances() {
    SortedMap<FamiliarName, Integer> all = instances.values();
    named.forEach(name -> all.putIfAbsent(name, Configuration.DEFAULT_INSTANCES));
    return all;
  }

  Limits limits(SortedMap<String, Integer> resources) {
    return new Limits(
        maxParallelTasks, rates.values(), callsPerMinute, tokensPerMinute, resources);
  }

  void read(MappingReader reader) {
    reader.integer(MAX_PARALLEL, 1, MAX).ifPresent(value -> maxParallel = value);
    boolean flat = reader.entry(MAX_PARALLEL).isPresent();
    reader.mapping(Key.of("global"), null).ifPresent(global -> global(global, flat));
    reader.mapping(Key.of("per_familiar_limit"), null).ifPresent(this::limits);
    reader.mapping(Key.of("per_familiar"), null).ifPresent(this::familiars);
    reader.mapping(Key.of("resource_based"), null).ifPresent(this::resources);
    reader.finish();
  }

  /** Reads the instances and the rate of a familiar where they are keys of its own. */
  void familiar(FamiliarName name, MappingReader reader, Key count) {
    reader
        .entry(count)
        .ifPresent(
            entry -> reader
                .values()
                .integer(entry.value(), reader.what(entry.key()), 1, MAX)
                .ifPresent(value -> instances.say(name, value, entry, reader)));
    reader
        .entry(Key.of("rate_limit"))
        .ifPresent(
            entry -> RateReader.read(reader, entry)
                .ifPresent(rate -> rates.say(name, rate, entry, reader)));
  }

  private void resources(MappingReader reader) {
    OptionalInt calls =
        reader.integer(Key.of("max_api_calls_per_minute"), 1, RateLimits.MAX_AMOUNT);
    OptionalInt tokens =
        reader.integer(Key.of("max_total_tokens_per_minute"), 1, RateLimits.MAX_AMOUNT);
    callsPerMinute = calls.isPresent() ? (Integer) calls.getAsInt() : callsPerMinute;
    tokensPerMinute = tokens.isPresent() ? (Integer) tokens.getAsInt() : tokensPerMinute;
    reader.finish();
  }

  private void global(MappingReader reader, boolean flat) {
    reader
        .entry(MAX_PARALLEL)
        .filter(entry -> flat)
        .ifPresent(
            entry -> reader
                .values()
                .problem(
                    entry.keyPosition(),
                    ProblemCode.CONFLICTING_KEYS,
                    reader.what(entry.key()) + " is also said outside of \"global\"",
                    "Keep one of the two."));
    reader.integer(MAX_PARALLEL, 1, MAX).ifPresent(value -> maxParallel = value);
    reader
        .integer(Key.of("max_parallel_tasks"), 1, MAX)
        .ifPresent(value -> maxParallelTasks = value);
    reader.finish();
  }

  private void limits(MappingReader reader) {
    for (Mapping.Entry entry : reader.freeEntries()) {
      FamiliarName name = name(reader, entry);
      OptionalInt value =
          reader.values().integer(entry.value(), reader.what(entry.key()), 1, MAX);
      if (name != null && value.isPresent()) {
        instances.say(name, value.getAsInt(), entry, reader);
      }
    }
  }

  private void familiars(MappingReader reader) {
    for (Mapping.Entry entry : reader.freeEntries()) {
      FamiliarName name = name(reader, entry);
      reader
          .mapping(Key.of(entry.key()), null)
          .ifPresent(
              nested -> {
                if (name != null) {
                  named.add(name);
                  familiar(name, nested, Key.of("max_instances"));
                  nested.finish();
                }
              });
    }
  }

  static @Nullable FamiliarName name(
      MappingReader reader, Mapping.Entry entry) {
    try {
      return new FamiliarName(entry.key());
    } catch (IllegalArgumentException wrong) {
      reader
          .values()
          .problem(
              entry.keyPosition(),
              ProblemCode.INVALID_VALUE,
              reader.what(entry.key()) + " is no familiar's name: " + wrong.getMessage(),
              "Choose another name.");
      return null;
    }
  }
}
