package io.archmage.plan.document;

import io.archmage.plan.Position;
import java.util.List;

/**
 * A list of values.
 *
 * @param items in written order
 * @param position where it begins
 */
public record Sequence(List<Node> items, Position position) implements Node {

  /** Copies the list. */
  public Sequence {
    items = List.copyOf(items);
  }

  @Override
  public String describe() {
    return "a list";
  }
}
