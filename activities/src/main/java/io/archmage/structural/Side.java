package io.archmage.structural;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One version of a container with the text that it is part of. */
record Side(String source, Container container) {

  /** A side of the same head and foot without parts. */
  Side emptied() {
    String head = head();
    String text = head + foot();
    return new Side(
        text,
        new Container(
            container.joint(),
            container.ordered(),
            0,
            head.length(),
            head.length(),
            text.length(),
            List.of()));
  }

  String head() {
    return container.head(source);
  }

  String foot() {
    return container.foot(source);
  }

  String whole() {
    return source.substring(container.start(), container.end());
  }

  String firstGap() {
    return container.firstGap(source);
  }

  String lastGap() {
    return container.lastGap(source);
  }

  Map<String, Unit> byKey() {
    Map<String, Unit> units = new LinkedHashMap<>();
    container.units().forEach(unit -> units.put(unit.key(), unit));
    return units;
  }

  Map<String, Integer> places() {
    Map<String, Integer> places = new LinkedHashMap<>();
    container.units().forEach(unit -> places.put(unit.key(), places.size()));
    return places;
  }

  /** What stands before the unit at a place, null if it is the first or is not there. */
  @Nullable
  String gapBefore(@Nullable Integer place) {
    return place == null || place == 0 ? null : container.gapBefore(place, source);
  }

  /** What stands after the unit at a place and before the next, null if there is no next. */
  @Nullable
  String gapAfter(@Nullable Integer place) {
    return place == null || place + 1 >= container.units().size()
        ? null
        : container.gapBefore(place + 1, source);
  }

  String text(Unit unit) {
    return unit.text(source);
  }

  @Nullable
  Side inside(Unit unit) {
    return unit.inside() == null ? null : new Side(source, unit.inside());
  }
}
