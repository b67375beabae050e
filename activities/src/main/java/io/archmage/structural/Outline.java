package io.archmage.structural;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file with its parts.
 *
 * @param source one character per byte
 * @param root the whole file
 */
record Outline(String source, Container root) {

  /**
   * A part that has none of its own, or the head of one that has.
   *
   * @param qualified its name with those of what it is in
   * @param text the whole of it, with the comments before it
   */
  record Leaf(UnitKind kind, String name, String qualified, String text, boolean hasParts) {
    boolean sameText(@Nullable Leaf other) {
      return other != null && text.equals(other.text);
    }
  }

  /** All parts without parts, and the heads of the others, by their path, in their order. */
  Map<String, Leaf> leaves() {
    Map<String, Leaf> leaves = new LinkedHashMap<>();
    collect(root, "", "", leaves);
    return leaves;
  }

  private void collect(
      Container container, String path, String outer, Map<String, Leaf> leaves) {
    for (Unit unit : container.units()) {
      String key = path + "\n" + unit.key();
      String qualified = outer.isEmpty() ? unit.name() : outer + "." + unit.name();
      Container inside = unit.inside();
      String text = inside == null ? unit.text(source) : inside.head(source);
      leaves.put(key, new Leaf(unit.kind(), unit.name(), qualified, text, inside != null));
      if (inside != null) {
        collect(inside, key, unit.kind() == UnitKind.IMPORT ? outer : qualified, leaves);
      }
    }
  }

  /** The names that the file declares at any depth, each with how it is declared. */
  Map<String, List<String>> declaredNames() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    collect(root, names);
    names.values().forEach(signatures -> signatures.sort(null));
    return names;
  }

  private void collect(Container container, Map<String, List<String>> names) {
    for (Unit unit : container.units()) {
      Container inside = unit.inside();
      boolean list = unit.kind() == UnitKind.IMPORT && inside != null;
      if (unit.kind().isNamed() && unit.kind() != UnitKind.SCOPE && !list) {
        names.computeIfAbsent(unit.name(), name -> new ArrayList<>()).add(unit.signature());
      }
      if (inside != null) {
        collect(inside, names);
      }
    }
  }

  /** How often each name is imported. */
  Map<String, Integer> imported() {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (Leaf leaf : leaves().values()) {
      if (leaf.kind() == UnitKind.IMPORT && !leaf.hasParts() && !leaf.name().endsWith("*")) {
        names.merge(leaf.name(), 1, Integer::sum);
      }
    }
    return names;
  }

  /** The parts that are there more than once under one name, as {@code path -> how often}. */
  Map<String, Integer> repeated() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    count(root, "", "", counts);
    counts.values().removeIf(count -> count < 2);
    return counts;
  }

  private void count(
      Container container, String path, String outer, Map<String, Integer> counts) {
    for (Unit unit : container.units()) {
      if (!unit.kind().isNamed()) {
        continue;
      }
      String key = unit.key().replaceFirst(" #\\d+$", "");
      String qualified = outer.isEmpty() ? unit.name() : outer + "." + unit.name();
      counts.merge(path + "\n" + key + "\t" + unit.kind().word() + " " + qualified, 1,
          Integer::sum);
      if (unit.inside() != null) {
        count(Objects.requireNonNull(unit.inside()), path + "\n" + key, qualified, counts);
      }
    }
  }
}
