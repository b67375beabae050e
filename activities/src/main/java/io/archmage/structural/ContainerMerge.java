package io.archmage.structural;

import io.archmage.structural.Clash.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges three versions of a container unit by unit. What only one side changed is taken, what both
 * changed is merged part by part if it has parts; everything else is a clash.
 */
final class ContainerMerge {
  /** Merges the text of a function that both changed; empty if that is not to be, or cannot be. */
  interface FunctionMerge {
    Optional<String> merge(String base, String left, String right);
  }

  private final FunctionMerge functions;
  private final List<Clash> clashes = new ArrayList<>();

  ContainerMerge(FunctionMerge functions) {
    this.functions = functions;
  }

  /** All that was found in the merges so far. */
  List<Clash> clashes() {
    return List.copyOf(clashes);
  }

  /**
   * The merged text; without meaning if there are clashes.
   *
   * @param name what the container is called, empty for a file
   */
  String merge(Side base, Side left, Side right, String name) {
    Map<String, String> texts = texts(base, left, right, name);
    UnitOrder order = new UnitOrder(base, left, right);
    Optional<List<String>> keys = order.order(texts.keySet());
    String where = name.isEmpty() ? "the file" : name;
    if (keys.isEmpty()) {
      clash(Kind.SAME_THING, "both moved parts of " + where);
      return "";
    }
    if (order.isAmbiguous()) {
      clash(Kind.SAME_THING, "both changed one place of " + where + " where the order counts");
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append(agreed(base.head(), left.head(), right.head(), "the head of " + where));
    text.append(either(base.firstGap(), left.firstGap(), right.firstGap()));
    Gaps gaps = new Gaps(base, left, right);
    for (int i = 0; i < keys.get().size(); i++) {
      String key = keys.get().get(i);
      if (i > 0) {
        text.append(gaps.before(key));
      }
      text.append(texts.get(key));
    }
    if (!keys.get().isEmpty()) {
      text.append(either(base.lastGap(), left.lastGap(), right.lastGap()));
    }
    text.append(agreed(base.foot(), left.foot(), right.foot(), "the end of " + where));
    return text.toString();
  }

  /** The merged text of every unit that stays. */
  private Map<String, String> texts(Side base, Side left, Side right, String outer) {
    Map<String, Unit> bases = base.byKey();
    Map<String, Unit> lefts = left.byKey();
    Map<String, Unit> rights = right.byKey();
    SequencedSet<String> keys = new LinkedHashSet<>(lefts.keySet());
    keys.addAll(rights.keySet());
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : keys) {
      @Nullable String text =
          unit(
              new Versioned(base, bases.get(key)),
              new Versioned(left, lefts.get(key)),
              new Versioned(right, rights.get(key)),
              outer);
      if (text != null) {
        texts.put(key, text);
      }
    }
    return texts;
  }

  /** A unit in one version of its container, or its absence. */
  private record Versioned(Side side, @Nullable Unit unit) {
    @Nullable
    String text() {
      return unit == null ? null : side.text(unit);
    }

    @Nullable
    Side inside() {
      return unit == null ? null : side.inside(unit);
    }
  }

  private @Nullable String unit(
      Versioned base, Versioned left, Versioned right, String outer) {
    @Nullable String ofBase = base.text();
    @Nullable String ofLeft = left.text();
    @Nullable String ofRight = right.text();
    if (same(ofLeft, ofRight) || same(ofBase, ofRight)) {
      return ofLeft;
    }
    if (same(ofBase, ofLeft)) {
      return ofRight;
    }
    Unit any = left.unit() != null ? left.unit() : right.unit();
    if (any == null) {
      return null;
    }
    String name = outer.isEmpty() ? any.name() : outer + "." + any.name();
    String called = any.kind().word() + " " + name;
    if (ofLeft == null || ofRight == null) {
      clash(sameKind(any), "one removed " + called + ", which the other changed");
      return null;
    }
    @Nullable Side insideLeft = left.inside();
    @Nullable Side insideRight = right.inside();
    @Nullable Side insideBase = base.inside();
    if (insideBase == null && base.unit() == null && insideLeft != null
        && any.kind() == UnitKind.IMPORT) {
      insideBase = insideLeft.emptied();
    }
    if (insideBase != null && insideLeft != null && insideRight != null
        && insideLeft.container().joint() == insideRight.container().joint()) {
      return merge(insideBase, insideLeft, insideRight, name);
    }
    Optional<String> merged =
        any.kind() == UnitKind.FUNCTION && ofBase != null
            ? functions.merge(ofBase, ofLeft, ofRight)
            : Optional.empty();
    if (merged.isEmpty()) {
      clash(
          sameKind(any),
          ofBase == null ? "both added " + called + ", differently" : "both changed " + called);
    }
    return merged.orElse(ofLeft);
  }

  private static Kind sameKind(Unit unit) {
    return unit.kind() == UnitKind.FUNCTION ? Kind.SAME_FUNCTION : Kind.SAME_THING;
  }

  private String agreed(String base, String left, String right, String what) {
    if (left.equals(right) || base.equals(right)) {
      return left;
    }
    if (!base.equals(left)) {
      clash(Kind.SAME_THING, "both changed " + what);
    }
    return right;
  }

  /** White space: where both changed it, the left side's is as good as the other's. */
  private static String either(String base, String left, String right) {
    return base.equals(left) ? right : left;
  }

  private void clash(Kind kind, String message) {
    clashes.add(Clash.of(kind, message));
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one == null ? other == null : one.equals(other);
  }
}
