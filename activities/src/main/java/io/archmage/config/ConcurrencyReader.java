package io.archmage.config;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@code concurrency} in both forms. */
final class ConcurrencyReader {

  private static final int MAX = Configuration.MAX_PARALLEL;
  private static final Key MAX_PARALLEL =
      Key.of("max_parallel", "max_parallel_familiars", "max_concurrency", "max_workers");

  private final SortedMap<FamiliarName, Integer> instances = new TreeMap<>();
  private int maxParallel = Configuration.DEFAULT_MAX_PARALLEL;

  int maxParallel() {
    return maxParallel;
  }

  SortedMap<FamiliarName, Integer> instances() {
    return instances;
  }

  void read(MappingReader reader) {
    reader.integer(MAX_PARALLEL, 1, MAX).ifPresent(value -> maxParallel = value);
    boolean flat = reader.entry(MAX_PARALLEL).isPresent();
    reader.mapping(Key.of("global"), null).ifPresent(global -> global(global, flat));
    reader.mapping(Key.of("per_familiar_limit"), null).ifPresent(this::limits);
    reader.mapping(Key.of("per_familiar"), null).ifPresent(this::familiars);
    reader.unsupported(Key.of("resource_based"));
    reader.finish();
  }

  void limit(FamiliarName name, int value) {
    instances.put(name, value);
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
    reader.integer(Key.of("max_parallel_tasks"), 1, MAX);
    reader.finish();
  }

  private void limits(MappingReader reader) {
    for (Mapping.Entry entry : reader.freeEntries()) {
      FamiliarName name = name(reader, entry);
      OptionalInt value =
          reader.values().integer(entry.value(), reader.what(entry.key()), 1, MAX);
      if (name != null && value.isPresent()) {
        limit(name, value.getAsInt());
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
                OptionalInt value = nested.integer(Key.of("max_instances"), 1, MAX);
                if (name != null) {
                  limit(name, value.orElse(Configuration.DEFAULT_INSTANCES));
                }
                nested.unsupported(Key.of("rate_limit"));
                nested.finish();
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
