package io.archmage.structural;

import io.archmage.structural.Clash.Kind;
import io.archmage.structural.Outline.Leaf;
import io.archmage.structural.Versions.Triple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Compares a merged file with what both sides did to its declarations. */
final class ResultCheck {
  private final Versions versions;
  private final Outline merged;
  private final Map<String, Leaf> leaves;

  ResultCheck(Versions versions, Outline merged) {
    this.versions = versions;
    this.merged = merged;
    this.leaves = merged.leaves();
  }

  /** What is wrong whatever the rules: something is there twice, or something added is not. */
  List<Clash> lostOrRepeated() {
    List<Clash> clashes = new ArrayList<>(repeated());
    for (String path : versions.paths()) {
      Triple triple = versions.at(path);
      boolean added = triple.base() == null && triple.any().kind().isNamed();
      // The second of one name is what is left of moving it where one side has both places.
      if (added && !leaves.containsKey(path) && !path.matches("(?s).* #\\d+")) {
        clashes.add(
            Clash.of(
                Kind.BROKEN,
                called(triple.any()) + " was added and is not in the merged text"));
      }
    }
    return clashes;
  }

  /** Also what is not exactly as the side that changed it has it. */
  List<Clash> all() {
    List<Clash> clashes = new ArrayList<>(repeated());
    SequencedSet<String> paths = versions.paths();
    paths.addAll(leaves.keySet());
    for (String path : paths) {
      Triple triple = versions.at(path);
      @Nullable Leaf found = leaves.get(path);
      if (triple.base() == null && triple.left() == null && triple.right() == null) {
        if (found != null && found.kind().isNamed()) {
          clashes.add(
              Clash.of(Kind.BROKEN, called(found) + " would come out as neither side has it"));
        }
        continue;
      }
      Leaf any = triple.any();
      if (triple.isContested() || !any.kind().isNamed()) {
        continue;
      }
      @Nullable Leaf expected = triple.expected();
      boolean same = expected == null ? found == null : expected.sameText(found);
      if (!same) {
        clashes.add(
            Clash.of(Kind.BROKEN, called(any) + " would come out as neither side has it"));
      }
    }
    return clashes;
  }

  private List<Clash> repeated() {
    List<Clash> clashes = new ArrayList<>();
    Map<String, Integer> left = versions.left.repeated();
    Map<String, Integer> right = versions.right.repeated();
    merged.repeated()
        .forEach(
            (path, count) -> {
              if (count > Math.max(left.getOrDefault(path, 1), right.getOrDefault(path, 1))) {
                clashes.add(
                    Clash.of(
                        Kind.SAME_THING,
                        "both added " + path.substring(path.lastIndexOf('\t') + 1)));
              }
            });
    Map<String, Integer> leftNames = versions.left.imported();
    Map<String, Integer> rightNames = versions.right.imported();
    merged.imported()
        .forEach(
            (name, count) -> {
              int before =
                  Math.max(
                      leftNames.getOrDefault(name, 0), rightNames.getOrDefault(name, 0));
              if (count > Math.max(1, before)) {
                clashes.add(
                    Clash.of(Kind.SAME_THING, "both import something as " + name));
              }
            });
    return clashes;
  }

  private static String called(Leaf leaf) {
    return leaf.kind().word() + " " + leaf.qualified();
  }
}
