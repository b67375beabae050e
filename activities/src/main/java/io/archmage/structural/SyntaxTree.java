package io.archmage.structural;

import org.treesitter.TSTree;

/** A parsed file; not thread-safe. */
final class SyntaxTree implements AutoCloseable {
  private final TSTree tree;
  private final String source;

  SyntaxTree(TSTree tree, String source) {
    this.tree = tree;
    this.source = source;
  }

  SyntaxNode root() {
    return new SyntaxNode(tree.getRootNode(), source);
  }

  @Override
  public void close() {
    tree.close();
  }
}
