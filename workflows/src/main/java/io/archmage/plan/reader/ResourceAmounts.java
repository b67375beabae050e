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
    keys.mapping(key, null).ifPresent(resources -> read(resources, amounts));
    return amounts;
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
            .ifPresent(amount -> amounts.put(entry.key(), amount));
      }
    }
  }
}
