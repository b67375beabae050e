package io.archmage.structural;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSNode;
import org.treesitter.TSTreeCursor;

/** A node of a syntax tree; valid while its {@link SyntaxTree} is open. Not thread-safe. */
final class SyntaxNode {
  private final TSNode node;
  private final String source;
  private @Nullable String type;
  private @Nullable List<SyntaxNode> children;

  SyntaxNode(TSNode node, String source) {
    this.node = node;
    this.source = source;
  }

  String type() {
    if (type == null) {
      type = node.getType();
    }
    return type;
  }

  boolean is(String... types) {
    for (String candidate : types) {
      if (type().equals(candidate)) {
        return true;
      }
    }
    return false;
  }

  boolean isNamed() {
    return node.isNamed();
  }

  boolean isComment() {
    return is("comment", "line_comment", "block_comment");
  }

  boolean hasError() {
    return node.hasError();
  }

  int start() {
    return node.getStartByte();
  }

  /** Where it ends, without white space that the grammar counts in. */
  int end() {
    int end = node.getEndByte();
    while (end > start() && Character.isWhitespace(source.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  String text() {
    return source.substring(start(), end());
  }

  /** All children, punctuation too. A cursor finds them in linear time. */
  List<SyntaxNode> children() {
    if (children == null) {
      List<SyntaxNode> found = new ArrayList<>();
      try (TSTreeCursor cursor = new TSTreeCursor(node)) {
        for (boolean more = cursor.gotoFirstChild(); more; more = cursor.gotoNextSibling()) {
          found.add(new SyntaxNode(cursor.currentNode(), source));
        }
      }
      children = List.copyOf(found);
    }
    return children;
  }

  List<SyntaxNode> children(String... types) {
    return children().stream().filter(child -> child.is(types)).toList();
  }

  Optional<SyntaxNode> child(String... types) {
    return children().stream().filter(child -> child.is(types)).findFirst();
  }

  Optional<SyntaxNode> field(String name) {
    TSNode found = node.getChildByFieldName(name);
    return found == null || found.isNull()
        ? Optional.empty()
        : Optional.of(new SyntaxNode(found, source));
  }

  /** The text of a field, empty if there is none. */
  String fieldText(String name) {
    return field(name).map(SyntaxNode::text).orElse("");
  }
}
