package io.archmage.structural;

import org.jspecify.annotations.Nullable;

/**
 * A part of a container, with the comments that stand right before it.
 *
 * @param key tells it from the other parts of its container
 * @param kind what it is
 * @param name what people call it
 * @param start index of its first character
 * @param end index after its last character
 * @param inside its own parts, or null if it merges as a whole
 * @param signature what its users rely on besides the name, or empty
 */
record Unit(
    String key,
    UnitKind kind,
    String name,
    int start,
    int end,
    @Nullable Container inside,
    String signature) {

  String text(String source) {
    return source.substring(start, end);
  }

  /** The same part when the container has several with its key. */
  Unit numbered(int number) {
    return new Unit(key + " #" + number, kind, name, start, end, inside, signature);
  }

  /** The same part up to a later end. */
  Unit until(int later) {
    return new Unit(key, kind, name, start, later, inside, signature);
  }
}
