package io.archmage.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Objects and refs; every operation is atomic, and nothing is between two of them. */
final class GitModel {

  static final String BRANCH = "refs/heads/archmage/run";
  static final String TARGET = "refs/heads/main";
  static final String REPORT = "refs/archmage/run/report";

  /** As {@code RefStore.Change}. */
  enum Change {
    DONE, ALREADY, LOST
  }

  /** A merge of trees: the tree, or the files that collide. */
  record Merge(SortedMap<String, SortedSet<String>> tree, List<String> conflicts) {}

  private final Map<Commit, String> ids = new LinkedHashMap<>();
  private final List<Commit> commits = new ArrayList<>();
  private final SortedMap<String, String> refs = new TreeMap<>();

  static String attemptRef(String task, int attempt) {
    return "refs/archmage/run/attempts/" + task + "/" + attempt;
  }

  String write(Commit commit) {
    return ids.computeIfAbsent(
        commit,
        made -> {
          commits.add(made);
          return "c" + (commits.size() - 1);
        });
  }

  Commit commit(String id) {
    return commits.get(Integer.parseInt(id.substring(1)));
  }

  SortedMap<String, SortedSet<String>> tree(String id) {
    return commit(id).tree();
  }

  Optional<String> read(String ref) {
    return Optional.ofNullable(refs.get(ref));
  }

  SortedMap<String, String> refs() {
    return Collections.unmodifiableSortedMap(refs);
  }

  /** Moves, creates (without expected) or deletes (without value) a ref that is as expected. */
  Change change(String ref, Optional<String> expected, Optional<String> value) {
    Optional<String> current = read(ref);
    if (current.equals(value)) {
      return Change.ALREADY;
    }
    if (!current.equals(expected)) {
      return Change.LOST;
    }
    set(ref, value);
    return Change.DONE;
  }

  /** Puts a ref wherever it is wanted. */
  void set(String ref, Optional<String> value) {
    value.ifPresentOrElse(id -> refs.put(ref, id), () -> refs.remove(ref));
  }

  boolean isAncestor(String ancestor, String id) {
    return ancestors(id).contains(ancestor);
  }

  /** Itself and all before it. */
  SortedSet<String> ancestors(String id) {
    SortedSet<String> seen = new TreeSet<>();
    ArrayDeque<String> open = new ArrayDeque<>(List.of(id));
    while (!open.isEmpty()) {
      String next = open.remove();
      if (seen.add(next)) {
        open.addAll(commit(next).parents());
      }
    }
    return seen;
  }

  /** The newest along first parents that passes; the walk ends before {@code end}. */
  Optional<String> find(String head, Predicate<String> end, Predicate<String> test) {
    String id = head;
    while (!end.test(id)) {
      if (test.test(id)) {
        return Optional.of(id);
      }
      if (commit(id).parents().isEmpty()) {
        return Optional.empty();
      }
      id = commit(id).parents().getFirst();
    }
    return Optional.empty();
  }

  /** The newest common ancestor. */
  String mergeBase(String one, String other) {
    SortedSet<String> common = new TreeSet<>(ancestors(one));
    common.retainAll(ancestors(other));
    return common.stream()
        .max((a, b) -> Integer.compare(number(a), number(b)))
        .orElseThrow();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  Merge merge(
      SortedMap<String, SortedSet<String>> base,
      SortedMap<String, SortedSet<String>> ours,
      SortedMap<String, SortedSet<String>> theirs) {
    SortedSet<String> paths = new TreeSet<>(ours.keySet());
    paths.addAll(theirs.keySet());
    TreeMap<String, SortedSet<String>> merged = new TreeMap<>();
    List<String> conflicts = new ArrayList<>();
    for (String path : paths) {
      SortedSet<String> before = base.get(path);
      SortedSet<String> here = ours.get(path);
      SortedSet<String> there = theirs.get(path);
      if (Objects.equals(before, there) || Objects.equals(here, there)) {
        put(merged, path, here);
      } else if (Objects.equals(before, here)) {
        put(merged, path, there);
      } else if (path.startsWith("loose/") && here != null && there != null) {
        TreeSet<String> both = new TreeSet<>(here);
        both.addAll(there);
        put(merged, path, both);
      } else {
        conflicts.add(path);
      }
    }
    return new Merge(merged, conflicts);
  }

  private static void put(
      TreeMap<String, SortedSet<String>> tree, String path, SortedSet<String> lines) {
    if (lines != null) {
      tree.put(path, lines);
    }
  }
}
