package io.archmage.structural;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written between two units of a merged container. */
final class Gaps {
  private final Side base;
  private final Side left;
  private final Side right;
  private final Map<String, Integer> basePlaces;
  private final Map<String, Integer> leftPlaces;
  private final Map<String, Integer> rightPlaces;

  Gaps(Side base, Side left, Side right) {
    this.base = base;
    this.left = left;
    this.right = right;
    basePlaces = base.places();
    leftPlaces = left.places();
    rightPlaces = right.places();
  }

  /** What to write before a unit that is not the first of the merged container. */
  String before(String key) {
    @Nullable String ofBase = base.gapBefore(basePlaces.get(key));
    @Nullable String ofLeft = left.gapBefore(leftPlaces.get(key));
    @Nullable String ofRight = right.gapBefore(rightPlaces.get(key));
    if (ofLeft != null && ofRight != null) {
      return ofLeft.equals(ofBase) ? ofRight : ofLeft;
    }
    @Nullable String either = ofLeft != null ? ofLeft : ofRight;
    return either != null ? either : afterFirst(key);
  }

  /** It was the first wherever it was: what follows it there separates it here. */
  private String afterFirst(String key) {
    boolean inLeft = leftPlaces.containsKey(key);
    Side home = inLeft ? left : right;
    Joint joint = home.container().joint();
    @Nullable String after = home.gapAfter(inLeft ? leftPlaces.get(key) : rightPlaces.get(key));
    return after != null && joint.separates(after) ? after : joint.before(home.firstGap());
  }
}
