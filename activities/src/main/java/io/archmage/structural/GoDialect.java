package io.archmage.structural;

import java.util.Optional;
import java.util.stream.Collectors;

/** Go: methods are told apart by their receiver's type. */
final class GoDialect implements Dialect {

  @Override
  public Optional<Declared> declared(SyntaxNode node) {
    return switch (node.type()) {
      case "package_clause" -> Optional.of(Declared.leaf(UnitKind.SCOPE, "package"));
      case "import_declaration" -> Optional.of(imports(node));
      case "import_spec" -> Optional.of(imported(node));
      case "function_declaration" -> Optional.of(function(node, ""));
      case "method_declaration" -> Optional.of(
          function(node, receiver(node.fieldText("receiver"))));
      case "type_declaration" -> node.child("(").isPresent()
          ? Optional.empty()
          : node.child("type_spec", "type_alias").map(GoDialect::type);
      case "const_declaration", "var_declaration" -> values(node);
      case "const_spec", "var_spec" -> Optional.of(
          Declared.leaf(
              UnitKind.MEMBER,
              node.children("identifier")
                  .stream()
                  .map(SyntaxNode::text)
                  .collect(Collectors.joining(", "))));
      case "field_declaration" -> Optional.of(field(node));
      case "method_elem", "method_spec" -> Optional.of(
          Declared.leaf(
              UnitKind.FUNCTION, node.fieldText("name"), node.fieldText("parameters")));
      default -> Optional.empty();
    };
  }

  private static Declared imports(SyntaxNode node) {
    return node.child("import_spec_list")
        .map(
            list -> new Declared(
                UnitKind.IMPORT,
                "imports",
                "imports",
                "",
                Body.inside(list, Joint.LINES, false)))
        .orElseGet(() -> node.child("import_spec").map(GoDialect::imported).orElseThrow());
  }

  private static Declared imported(SyntaxNode spec) {
    String path = spec.fieldText("path");
    String alias = spec.fieldText("name");
    String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[\"`]", "");
    String name = alias.isEmpty() ? last : alias;
    boolean silent = name.equals("_") || name.equals(".");
    return new Declared(
        UnitKind.IMPORT, "import " + alias + " " + path, silent ? path + "*" : name, path, null);
  }

  private static Declared function(SyntaxNode node, String receiver) {
    String name = node.fieldText("name");
    return new Declared(
        UnitKind.FUNCTION,
        "function " + receiver + name,
        name,
        node.fieldText("parameters") + node.fieldText("result"),
        null);
  }

  /** {@code (t *T[K])} is {@code T.}. */
  private static String receiver(String parameter) {
    String type = parameter.replaceAll("[()*]|\\[.*]", " ").strip();
    return type.substring(type.lastIndexOf(' ') + 1) + ".";
  }

  private static Declared type(SyntaxNode spec) {
    Optional<SyntaxNode> type = spec.field("type");
    Optional<SyntaxNode> fields =
        type.filter(found -> found.is("struct_type"))
            .flatMap(found -> found.child("field_declaration_list"));
    Optional<Body> body =
        fields.map(list -> Body.inside(list, Joint.LINES, false))
            .or(
                () -> type.filter(found -> found.is("interface_type"))
                    .filter(found -> found.children().size() > 2)
                    .map(GoDialect::interfaceBody));
    return Declared.of(UnitKind.TYPE, spec.fieldText("name"), body.orElse(null));
  }

  private static Body interfaceBody(SyntaxNode type) {
    int size = type.children().size();
    return new Body(
        type.children().subList(2, size - 1),
        type.children().get(1).end(),
        type.children().get(size - 1).start(),
        Joint.LINES,
        false);
  }

  /** A list of constants whose values depend on their places merges as a whole. */
  private static Optional<Declared> values(SyntaxNode node) {
    boolean constants = node.is("const_declaration");
    Optional<SyntaxNode> list = node.child("var_spec_list");
    if (node.child("(").isEmpty() && list.isEmpty()) {
      return node.child("const_spec", "var_spec")
          .map(
              spec -> Declared.leaf(
                  UnitKind.MEMBER,
                  spec.children("identifier")
                      .stream()
                      .map(SyntaxNode::text)
                      .collect(Collectors.joining(", "))));
    }
    boolean placed =
        constants
            && node.children("const_spec")
                .stream()
                .anyMatch(
                    spec -> spec.field("value").isEmpty()
                        || spec.fieldText("value").contains("iota"));
    if (placed) {
      return Optional.empty();
    }
    SyntaxNode parent = list.orElse(node);
    int open = parent.children().indexOf(parent.child("(").orElseThrow());
    int size = parent.children().size();
    return Optional.of(
        new Declared(
            UnitKind.SCOPE,
            constants ? "constants" : "variables",
            constants ? "const" : "var",
            "",
            new Body(
                parent.children().subList(open + 1, size - 1),
                parent.children().get(open).end(),
                parent.children().get(size - 1).start(),
                Joint.LINES,
                false)));
  }

  private static Declared field(SyntaxNode node) {
    String names =
        node.children("field_identifier")
            .stream()
            .map(SyntaxNode::text)
            .collect(Collectors.joining(", "));
    return Declared.leaf(UnitKind.MEMBER, names.isEmpty() ? node.text() : names);
  }
}
