package io.archmage.structural;

import io.archmage.plan.MergeRules;
import io.archmage.structural.Clash.Kind;
import io.archmage.structural.Outline.Leaf;
import io.archmage.structural.Versions.Triple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a run's own rules do not let be merged, though it could be. */
final class RuleCheck {
  private final MergeRules rules;
  private final Versions versions;

  RuleCheck(MergeRules rules, Versions versions) {
    this.rules = rules;
    this.versions = versions;
  }

  List<Clash> clashes() {
    List<Clash> clashes = new ArrayList<>();
    if (rules.sameFunction() == MergeRules.SameFunction.SERIALIZE) {
      clashes.addAll(sameFunctions());
    }
    if (rules.differentFunctions() == MergeRules.DifferentFunctions.SERIALIZE) {
      clashes.addAll(both(Set.of(UnitKind.FUNCTION), "functions", Kind.SAME_FUNCTION));
    }
    if (rules.imports() == MergeRules.Union.CONFLICT) {
      clashes.addAll(both(Set.of(UnitKind.IMPORT), "imports", Kind.SAME_THING));
    }
    if (rules.types() == MergeRules.Union.CONFLICT) {
      clashes.addAll(
          both(Set.of(UnitKind.TYPE, UnitKind.MEMBER), "types or their members", Kind.SAME_THING));
    }
    return clashes;
  }

  private List<Clash> sameFunctions() {
    List<Clash> clashes = new ArrayList<>();
    for (String path : versions.paths()) {
      Triple triple = versions.at(path);
      if (triple.isContested() && triple.any().kind() == UnitKind.FUNCTION) {
        String function = "function " + triple.any().qualified();
        String message =
            triple.base() == null
                ? "both added " + function + ", differently"
                : triple.left() == null || triple.right() == null
                    ? "one removed " + function + ", which the other changed"
                    : "both changed " + function;
        clashes.add(Clash.of(Kind.SAME_FUNCTION, message));
      }
    }
    return clashes;
  }

  /** A clash if both changed something of these kinds, and not the same in the same way. */
  private List<Clash> both(Set<UnitKind> kinds, String what, Kind kind) {
    Set<String> left = new LinkedHashSet<>();
    Set<String> right = new LinkedHashSet<>();
    boolean differs = false;
    for (String path : versions.paths()) {
      Triple triple = versions.at(path);
      Leaf any = triple.any();
      if (!kinds.contains(any.kind())) {
        continue;
      }
      if (triple.leftChanged()) {
        left.add(any.qualified());
      }
      if (triple.rightChanged()) {
        right.add(any.qualified());
      }
      differs |= triple.leftChanged() != triple.rightChanged() || triple.isContested();
    }
    return left.isEmpty() || right.isEmpty() || !differs
        ? List.of()
        : List.of(
            Clash.of(
                kind,
                "both changed " + what + ": one " + named(left) + ", the other " + named(right)));
  }

  private static String named(Set<String> names) {
    return names.stream().limit(3).collect(Collectors.joining(", "))
        + (names.size() > 3 ? " and more" : "");
  }
}
