package io.archmage.simulation;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small trees. */
final class GitTrees {

  private GitTrees() {}

  static SortedMap<String, SortedSet<String>> of(String path, String line) {
    return with(new TreeMap<>(), path, line);
  }

  /** A copy with that one line in the file. */
  static SortedMap<String, SortedSet<String>> with(
      SortedMap<String, SortedSet<String>> tree, String path, String line) {
    TreeMap<String, SortedSet<String>> changed = new TreeMap<>(tree);
    changed.put(path, new TreeSet<>(List.of(line)));
    return changed;
  }
}
