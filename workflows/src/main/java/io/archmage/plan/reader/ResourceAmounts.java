package io.archmage.plan.reader;

import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.Key;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads amounts of named resources: what there is, or what a task holds. */
public final class ResourceAmounts {

  /** The largest amount of one resource. */
  public static final int MAX = 1_000_000;

  private ResourceAmounts() {}

  /** The amounts of a key, by name; without those that cannot be read, which are problems. */
  public static SortedMap<String, Integer> read(MappingReader keys, Key key) {
    SortedMap<String, Integer> amounts = new TreeMap<>();
    readInto(amounts, keys, key);
    return amounts;
  }

  /** Adds the amounts of a key to others, with which they must agree. */
  public static void readInto(
      SortedMap<String, Integer> amounts, MappingReader keys, Key key) {
    keys.mapping(key, null).ifPresent(resources -> read(resources, amounts));
  }

  private static void read(MappingReader resources, SortedMap<String, Integer> amounts) {
    for (Mapping.Entry entry : resources.freeEntries()) {
      if (entry.key().isBlank()) {
        resources
            .values()
            .problem(
                entry.keyPosition(),
                ProblemCode.INVALID_VALUE,
                "a resource has no name",
                "Write resources as names with whole numbers, such as {database: 1}.");
      } else {
        resources
            .values()
            .integer(entry.value(), resources.what(entry.key()), 1, MAX)
            .ifPresent(amount -> add(amounts, entry, amount, resources));
      }
    }
  }

  private static void add(
      SortedMap<String, Integer> amounts,
      Mapping.Entry entry,
      int amount,
      MappingReader resources) {
    Integer other = amounts.putIfAbsent(entry.key(), amount);
    if (other != null && other != amount) {
      resources
          .values()
          .problem(
              entry.keyPosition(),
              ProblemCode.CONFLICTING_KEYS,
              "%s is %d, but elsewhere %d".formatted(resources.what(entry.key()), amount, other),
              "Keep one of the two.");
    }
  }
}
