package io.archmage.structural;

import java.util.List;
import java.util.Optional;

/** JSON: objects merge by their keys, arrays as a whole. */
final class JsonDialect implements Dialect {

  @Override
  public Optional<Body> top(SyntaxNode root, int length) {
    List<SyntaxNode> values =
        root.children().stream().filter(SyntaxNode::isNamed).toList();
    return values.size() == 1 && values.getFirst().is("object")
        ? Optional.of(Body.inside(values.getFirst(), Joint.COMMAS, false))
        : Optional.empty();
  }

  @Override
  public Optional<Declared> declared(SyntaxNode node) {
    return node.is("pair")
        ? Optional.of(
            Declared.of(
                UnitKind.ENTRY,
                node.fieldText("key"),
                node.field("value")
                    .filter(value -> value.is("object"))
                    .map(value -> Body.inside(value, Joint.COMMAS, false))
                    .orElse(null)))
        : Optional.empty();
  }
}
