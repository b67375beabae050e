package io.archmage.structural;

import java.util.List;
import java.util.Optional;

/** YAML: block mappings of a single document merge by their keys, all else as a whole. */
final class YamlDialect implements Dialect {

  @Override
  public Optional<Body> top(SyntaxNode root, int length) {
    List<SyntaxNode> documents = root.children("document");
    if (documents.size() != 1 || root.children().stream().anyMatch(this::isMark)) {
      return Optional.empty();
    }
    Optional<SyntaxNode> mapping =
        documents.getFirst().children().stream().anyMatch(this::isMark)
            ? Optional.empty()
            : documents.getFirst().child("block_node").flatMap(YamlDialect::mapping);
    return mapping.map(
        found -> new Body(found.children(), found.start(), length, Joint.LINES, false));
  }

  private boolean isMark(SyntaxNode node) {
    return node.is("---", "...", "yaml_directive", "tag_directive", "reserved_directive");
  }

  @Override
  public Optional<Declared> declared(SyntaxNode node) {
    if (!node.is("block_mapping_pair")) {
      return Optional.empty();
    }
    String key = node.fieldText("key");
    if (key.isEmpty() || key.contains("\n") || key.equals("<<")) {
      return Optional.empty();
    }
    if (key.length() > 1 && (key.startsWith("\"") || key.startsWith("'"))) {
      key = key.substring(1, key.length() - 1);
    }
    Optional<SyntaxNode> mapping =
        node.child("comment").isPresent()
            ? Optional.empty()
            : node.field("value")
                .filter(value -> value.is("block_node"))
                .flatMap(YamlDialect::mapping);
    return Optional.of(
        Declared.of(
            UnitKind.ENTRY,
            key,
            mapping.map(
                found -> new Body(
                    found.children(), found.start(), found.end(), Joint.LINES, false))
                .orElse(null)));
  }

  /** The mapping of a block that is nothing else: no anchor, no tag. */
  private static Optional<SyntaxNode> mapping(SyntaxNode block) {
    return block.children().size() == 1 ? block.child("block_mapping") : Optional.empty();
  }
}
