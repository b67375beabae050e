package io.archmage.structural;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the units of a merged container in order: as in the side that moved some, the additions of
 * the other behind what they follow there, the left side's first.
 */
final class UnitOrder {
  private final Side base;
  private final Side left;
  private final Side right;
  private final Map<String, Integer> basePlaces;
  private final Map<String, Integer> leftPlaces;
  private final Map<String, Integer> rightPlaces;

  UnitOrder(Side base, Side left, Side right) {
    this.base = base;
    this.left = left;
    this.right = right;
    basePlaces = base.places();
    leftPlaces = left.places();
    rightPlaces = right.places();
  }

  /** The keys to keep, in order; empty if both sides moved what is common, differently. */
  Optional<List<String>> order(Set<String> kept) {
    List<String> common = common(basePlaces, kept);
    List<String> ofLeft = common(leftPlaces, kept);
    List<String> ofRight = common(rightPlaces, kept);
    if (ofRight.equals(common) || ofLeft.equals(ofRight)) {
      return Optional.of(weave(leftPlaces, rightPlaces, kept, true));
    }
    return ofLeft.equals(common)
        ? Optional.of(weave(rightPlaces, leftPlaces, kept, false))
        : Optional.empty();
  }

  private List<String> common(Map<String, Integer> places, Set<String> kept) {
    return places.keySet()
        .stream()
        .filter(
            key -> kept.contains(key)
                && basePlaces.containsKey(key)
                && leftPlaces.containsKey(key)
                && rightPlaces.containsKey(key))
        .toList();
  }

  private List<String> weave(
      Map<String, Integer> first, Map<String, Integer> second, Set<String> kept, boolean after) {
    List<String> order = new ArrayList<>(first.keySet().stream().filter(kept::contains).toList());
    Set<String> placed = new LinkedHashSet<>(order);
    String previous = "";
    for (String key : second.keySet()) {
      if (!kept.contains(key)) {
        continue;
      }
      if (placed.add(key)) {
        int index = previous.isEmpty() ? 0 : order.indexOf(previous) + 1;
        while (after && index < order.size() && isOnlyIn(first, second, order.get(index))) {
          index++;
        }
        order.add(index, key);
      }
      previous = key;
    }
    return order;
  }

  private boolean isOnlyIn(
      Map<String, Integer> first, Map<String, Integer> second, String key) {
    return first.containsKey(key) && !second.containsKey(key) && !basePlaces.containsKey(key);
  }

  /**
   * Whether both sides touched one place where the order counts, so that theirs is anybody's guess.
   */
  boolean isAmbiguous() {
    return changedBoth(UnitKind.STATEMENT)
        || changedBoth(UnitKind.COMMENT)
        || meet(additions(left, rightPlaces), additions(right, leftPlaces))
        || leans(left, rightPlaces)
        || leans(right, leftPlaces);
  }

  /** Both took away one unit without a name, and put in different ones. */
  private boolean changedBoth(UnitKind kind) {
    boolean removed =
        base.container()
            .units()
            .stream()
            .anyMatch(
                unit -> unit.kind() == kind
                    && !leftPlaces.containsKey(unit.key())
                    && !rightPlaces.containsKey(unit.key()));
    return removed && !added(left, kind).equals(added(right, kind));
  }

  private Set<String> added(Side side, UnitKind kind) {
    Set<String> keys = new LinkedHashSet<>();
    for (Unit unit : side.container().units()) {
      if (unit.kind() == kind && !basePlaces.containsKey(unit.key())) {
        keys.add(unit.key());
      }
    }
    return keys;
  }

  /** The neighbours from the base of each unit whose place counts and that only one side added. */
  private Map<String, Set<String>> additions(Side side, Map<String, Integer> other) {
    Map<String, Set<String>> neighbours = new LinkedHashMap<>();
    List<Unit> units = side.container().units();
    String before = "(start)";
    for (int i = 0; i < units.size(); i++) {
      Unit unit = units.get(i);
      if (basePlaces.containsKey(unit.key())) {
        before = unit.key();
      } else if (isPlaced(unit) && !other.containsKey(unit.key())) {
        Set<String> both = new LinkedHashSet<>();
        both.add("after " + before);
        both.add("before " + next(units, i));
        neighbours.put(unit.key(), both);
      }
    }
    return neighbours;
  }

  private String next(List<Unit> units, int from) {
    return units.subList(from, units.size())
        .stream()
        .map(Unit::key)
        .filter(basePlaces::containsKey)
        .findFirst()
        .orElse("(end)");
  }

  private boolean isPlaced(Unit unit) {
    return unit.kind() == UnitKind.STATEMENT || base.container().ordered();
  }

  private static boolean meet(Map<String, Set<String>> one, Map<String, Set<String>> other) {
    Set<String> places = new LinkedHashSet<>();
    one.values().forEach(places::addAll);
    return other.values().stream().flatMap(Set::stream).anyMatch(places::contains);
  }

  /** Something was put next to what the other side took away. */
  private boolean leans(Side side, Map<String, Integer> other) {
    return additions(side, other).values()
        .stream()
        .flatMap(Set::stream)
        .map(place -> place.replaceFirst("^(after|before) ", ""))
        .anyMatch(key -> basePlaces.containsKey(key) && !other.containsKey(key));
  }
}
