package io.archmage.plan.document;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The anchors of one document; bounds how much its aliases stand for. */
final class YamlAnchors {

  private static final int MAX_EXPANDED = 100_000;
  private final Map<String, Anchored> anchors = new LinkedHashMap<>();
  private int nodes;
  private int expanded;

  /** A node under an anchor; null while the node is not complete. */
  private record Anchored(@Nullable Node node, int size) {}

  /** Counts a node that begins and returns the token for its end. */
  int begin(Optional<String> anchor) {
    anchor.ifPresent(name -> anchors.put(name, new Anchored(null, 0)));
    return nodes++;
  }

  /** Remembers a complete node under its anchor. */
  void end(Optional<String> anchor, int token, Node node) {
    anchor.ifPresent(name -> anchors.put(name, new Anchored(node, nodes - token)));
  }

  /** The node an alias stands for. */
  Node resolve(String name, Position position) throws MalformedDocumentException {
    Anchored target = anchors.get(name);
    String alias = "alias " + Quoted.of("*" + name);
    if (target == null) {
      throw refused(position, alias + " names no anchor before it", "Define the anchor first.");
    }
    if (target.node() == null) {
      throw refused(position, alias + " stands inside its own anchor", "Write the value out.");
    }
    nodes += target.size();
    expanded += target.size();
    if (expanded > MAX_EXPANDED) {
      throw refused(
          position,
          "aliases stand for more than " + MAX_EXPANDED + " values",
          "Write the values out or use fewer aliases.");
    }
    return target.node();
  }

  private static MalformedDocumentException refused(Position position, String message, String fix) {
    return new MalformedDocumentException(position, ProblemCode.INVALID_ALIAS, message, fix);
  }
}
