package io.archmage.plan.document;

import java.util.List;
import java.util.stream.Stream;

/**
 * A key of a document with the other names it goes by.
 *
 * @param name the name in messages and documentation
 * @param aliases other accepted names
 */
public record Key(String name, List<String> aliases) {

  /** Copies the list. */
  public Key {
    aliases = List.copyOf(aliases);
  }

  /** A key with its aliases. */
  public static Key of(String name, String... aliases) {
    return new Key(name, List.of(aliases));
  }

  /** The name, then the aliases. */
  public List<String> names() {
    return Stream.concat(Stream.of(name), aliases.stream()).toList();
  }
}
