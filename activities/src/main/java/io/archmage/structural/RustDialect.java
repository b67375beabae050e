package io.archmage.structural;

import java.util.Optional;

/** Rust: functions are told apart by the implementation they are in. */
final class RustDialect implements Dialect {

  @Override
  public boolean leads(SyntaxNode node) {
    return node.is("attribute_item");
  }

  @Override
  public Optional<Declared> declared(SyntaxNode node) {
    return switch (node.type()) {
      case "use_declaration" -> node.field("argument").map(use -> use(node, use));
      case "identifier", "self", "crate", "super", "scoped_identifier", "use_as_clause",
          "use_wildcard", "scoped_use_list" ->
        Optional.of(used(node));
      case "function_item", "function_signature_item" -> Optional.of(
          Declared.leaf(
              UnitKind.FUNCTION,
              node.fieldText("name"),
              node.fieldText("parameters") + node.fieldText("return_type")));
      case "struct_item", "union_item" -> Optional.of(
          type(node, node.field("body").filter(body -> body.is("field_declaration_list")), false));
      case "enum_item" -> Optional.of(type(node, node.field("body"), true));
      case "field_declaration", "const_item", "static_item" -> Optional.of(
          Declared.leaf(UnitKind.MEMBER, node.fieldText("name")));
      case "enum_variant" -> Optional.of(
          Declared.leaf(UnitKind.MEMBER, node.fieldText("name")));
      case "type_item", "associated_type" -> Optional.of(
          Declared.leaf(UnitKind.TYPE, node.fieldText("name")));
      case "macro_definition" -> Optional.of(
          Declared.leaf(UnitKind.FUNCTION, node.fieldText("name") + "!"));
      case "trait_item" -> Optional.of(scope(node, UnitKind.TYPE, node.fieldText("name")));
      case "mod_item" -> Optional.of(scope(node, UnitKind.SCOPE, "mod " + node.fieldText("name")));
      case "impl_item" -> Optional.of(scope(node, UnitKind.SCOPE, implementation(node)));
      default -> Optional.empty();
    };
  }

  private static String implementation(SyntaxNode node) {
    String trait = node.fieldText("trait");
    return "impl " + (trait.isEmpty() ? "" : trait + " for ") + node.fieldText("type");
  }

  private static Declared scope(SyntaxNode node, UnitKind kind, String name) {
    return Declared.of(
        kind,
        name,
        node.field("body").map(body -> Body.inside(body, Joint.LINES, false)).orElse(null));
  }

  private static Declared type(SyntaxNode node, Optional<SyntaxNode> body, boolean ordered) {
    return Declared.of(
        UnitKind.TYPE,
        node.fieldText("name"),
        body.map(list -> Body.inside(list, Joint.COMMAS, ordered)).orElse(null));
  }

  /** {@code use a::{b, c};} is a list, all else one name. */
  private static Declared use(SyntaxNode node, SyntaxNode argument) {
    if (argument.is("scoped_use_list")) {
      String origin = "use " + argument.fieldText("path");
      return new Declared(
          UnitKind.IMPORT,
          node.child("visibility_modifier").map(SyntaxNode::text).orElse("") + origin,
          origin,
          "",
          argument.field("list")
              .map(list -> Body.inside(list, Joint.COMMAS, false))
              .orElse(null));
    }
    return used(argument);
  }

  private static Declared used(SyntaxNode node) {
    String path = node.text().replaceAll("\\s+", " ");
    String name =
        switch (node.type()) {
          case "use_as_clause" -> node.fieldText("alias");
          case "scoped_identifier" -> node.fieldText("name");
          case "use_wildcard", "scoped_use_list" -> path + "*";
          default -> path;
        };
    return new Declared(
        UnitKind.IMPORT, "use " + path, name.equals("_") ? path + "*" : name, "", null);
  }
}
