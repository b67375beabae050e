package io.archmage.structural;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what the nodes of one language's syntax trees declare. */
interface Dialect {

  /**
   * A declaration.
   *
   * @param key tells it from others in its container; its kind and name are part of it
   * @param signature what its users rely on besides the name
   * @param body its parts, or null if it merges as a whole
   */
  record Declared(
      UnitKind kind, String key, String name, String signature, @Nullable Body body) {

    static Declared leaf(UnitKind kind, String name) {
      return new Declared(kind, kind.word() + " " + name, name, "", null);
    }

    static Declared leaf(UnitKind kind, String name, String signature) {
      return new Declared(kind, kind.word() + " " + name, name, signature, null);
    }

    static Declared of(UnitKind kind, String name, @Nullable Body body) {
      return new Declared(kind, kind.word() + " " + name, name, "", body);
    }
  }

  /**
   * The parts of a declaration.
   *
   * @param nodes in their order, with punctuation and comments
   * @param open index after the head
   * @param close index of the foot
   * @param ordered whether the order of parts added at one place counts
   */
  record Body(List<SyntaxNode> nodes, int open, int close, Joint joint, boolean ordered) {
    /** Copies the list. */
    public Body {
      nodes = List.copyOf(nodes);
    }

    /** What is between the first and the last child of a node, such as braces. */
    static Body inside(SyntaxNode node, Joint joint, boolean ordered) {
      List<SyntaxNode> children = node.children();
      return new Body(
          children.subList(1, children.size() - 1),
          children.getFirst().end(),
          children.getLast().start(),
          joint,
          ordered);
    }
  }

  /** What a node declares, empty if it is a statement. */
  Optional<Declared> declared(SyntaxNode node);

  /** The top of a file, empty if a file of this content has no parts that can be told apart. */
  default Optional<Body> top(SyntaxNode root, int length) {
    return Optional.of(new Body(root.children(), 0, length, Joint.LINES, false));
  }

  /** Whether a node belongs to the one after it, such as a decorator. */
  default boolean leads(SyntaxNode node) {
    return false;
  }
}
