package io.archmage.config;

import io.archmage.plan.FamiliarName;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.MappingReader;
import java.util.SortedMap;
import java.util.TreeMap;

/** A value of each familiar that may be said in several places as long as they agree. */
final class FamiliarValues<T> {

  private record Said<T>(T value, int line) {}

  private final SortedMap<FamiliarName, Said<T>> said = new TreeMap<>();

  /** Takes the value; another one than before is a problem. */
  void say(FamiliarName name, T value, Mapping.Entry entry, MappingReader reader) {
    Said<T> before = said.putIfAbsent(name, new Said<>(value, entry.keyPosition().line()));
    if (before != null && !before.value.equals(value)) {
      reader
          .values()
          .problem(
              entry.keyPosition(),
              ProblemCode.CONFLICTING_KEYS,
              reader.what(entry.key()) + " is " + value + ", but line " + before.line + " says "
                  + before.value,
              "Keep one of the two.");
    }
  }

  /** What was said first of each familiar. */
  SortedMap<FamiliarName, T> values() {
    SortedMap<FamiliarName, T> values = new TreeMap<>();
    said.forEach((name, one) -> values.put(name, one.value));
    return values;
  }
}
