package io.archmage.structural;

import java.util.List;
import java.util.Optional;

/** Python, where modules and classes are blocks of statements. */
final class PythonDialect implements Dialect {

  @Override
  public Optional<Declared> declared(SyntaxNode node) {
    return switch (node.type()) {
      case "decorated_definition" -> node.field("definition").flatMap(this::declared);
      case "function_definition" -> Optional.of(
          Declared.leaf(
              UnitKind.FUNCTION, node.fieldText("name"), node.fieldText("parameters")));
      case "class_definition" -> Optional.of(type(node));
      case "import_statement" -> imports(node, "import");
      case "import_from_statement", "future_import_statement" ->
        node.child("wildcard_import").isPresent()
            ? Optional.of(
                Declared.leaf(UnitKind.IMPORT, node.fieldText("module_name") + ".*"))
            : imports(
                node,
                "from "
                    + (node.is("future_import_statement")
                        ? "__future__"
                        : node.fieldText("module_name")));
      case "aliased_import" -> Optional.of(
          new Declared(
              UnitKind.IMPORT,
              "import " + node.fieldText("name") + " as " + node.fieldText("alias"),
              node.fieldText("alias"),
              "",
              null));
      case "dotted_name" -> Optional.of(
          new Declared(
              UnitKind.IMPORT, "import " + node.text(), node.text(), "", null));
      case "expression_statement" -> assigned(node);
      case "pair" -> Optional.of(entry(node));
      default -> Optional.empty();
    };
  }

  private static Declared type(SyntaxNode node) {
    String name = node.fieldText("name");
    Optional<SyntaxNode> colon = node.child(":");
    Optional<SyntaxNode> body = node.field("body");
    if (colon.isEmpty() || body.isEmpty()) {
      return Declared.leaf(UnitKind.TYPE, name);
    }
    List<SyntaxNode> children = node.children();
    int open = children.indexOf(colon.get()) + 1;
    List<SyntaxNode> between = children.subList(open, children.size() - 1);
    if (!between.isEmpty()) {
      return Declared.leaf(UnitKind.TYPE, name);
    }
    return Declared.of(
        UnitKind.TYPE,
        name,
        new Body(
            body.get().children(),
            colon.get().end(),
            node.end(),
            Joint.LINES,
            false));
  }

  /** {@code import a, b} and {@code from m import (a, b)}: the names after the keyword. */
  private static Optional<Declared> imports(SyntaxNode node, String origin) {
    List<SyntaxNode> children = node.children();
    int first = 0;
    while (!children.get(first).is("import")) {
      first++;
    }
    boolean parentheses = children.get(first + 1).is("(");
    first += parentheses ? 2 : 1;
    int last = children.size() - (parentheses ? 1 : 0);
    int open =
        parentheses ? children.get(first - 1).end() : children.get(first).start();
    return Optional.of(
        new Declared(
            UnitKind.IMPORT,
            origin,
            origin,
            "",
            new Body(
                children.subList(first, last),
                open,
                parentheses ? children.get(last).start() : node.end(),
                Joint.COMMAS,
                false)));
  }

  private static Optional<Declared> assigned(SyntaxNode node) {
    Optional<SyntaxNode> assignment = node.child("assignment");
    if (assignment.isEmpty() || node.children().size() > 1) {
      return Optional.empty();
    }
    Optional<SyntaxNode> left =
        assignment.get().field("left").filter(target -> target.is("identifier"));
    if (left.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Declared.of(
            UnitKind.MEMBER,
            left.get().text(),
            assignment.get()
                .field("right")
                .filter(value -> value.is("dictionary") && allKeyed(value))
                .map(value -> Body.inside(value, Joint.COMMAS, false))
                .orElse(null)));
  }

  private static Declared entry(SyntaxNode node) {
    return Declared.of(
        UnitKind.ENTRY,
        node.fieldText("key"),
        node.field("value")
            .filter(value -> value.is("dictionary") && allKeyed(value))
            .map(value -> Body.inside(value, Joint.COMMAS, false))
            .orElse(null));
  }

  private static boolean allKeyed(SyntaxNode dictionary) {
    return dictionary.children()
        .stream()
        .filter(SyntaxNode::isNamed)
        .allMatch(child -> child.is("pair"));
  }
}
