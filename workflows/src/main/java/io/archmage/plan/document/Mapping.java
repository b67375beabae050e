package io.archmage.plan.document;

import io.archmage.plan.Position;
import java.util.List;

/**
 * Keys with values; no key occurs twice.
 *
 * @param entries in written order
 * @param position where it begins
 */
public record Mapping(List<Entry> entries, Position position) implements Node {

  /**
   * One key with its value.
   *
   * @param key as written, without quotes
   * @param keyPosition where the key begins
   * @param value may be a null scalar
   */
  public record Entry(String key, Position keyPosition, Node value) {}

  /** Copies the list. */
  public Mapping {
    entries = List.copyOf(entries);
  }

  /** Whether it has that key. */
  public boolean has(String key) {
    return entries.stream().anyMatch(entry -> entry.key().equals(key));
  }

  @Override
  public String describe() {
    return "a mapping";
  }
}
