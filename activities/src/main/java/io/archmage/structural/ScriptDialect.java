package io.archmage.structural;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JavaScript and TypeScript. */
final class ScriptDialect implements Dialect {

  @Override
  public boolean leads(SyntaxNode node) {
    return node.is("decorator");
  }

  @Override
  public Optional<Declared> declared(SyntaxNode node) {
    return switch (node.type()) {
      case "import_statement" -> imports(node);
      case "import_specifier", "export_specifier" -> Optional.of(specifier(node));
      case "export_statement" -> exported(node);
      case "ambient_declaration" -> node.children()
          .stream()
          .filter(SyntaxNode::isNamed)
          .findFirst()
          .flatMap(this::declared);
      case "function_declaration", "generator_function_declaration", "function_signature" ->
        Optional.of(function(node, ""));
      case "method_definition", "method_signature", "abstract_method_signature" ->
        Optional.of(method(node));
      case "class_declaration", "abstract_class_declaration", "interface_declaration" ->
        Optional.of(type(node, false));
      case "enum_declaration" -> Optional.of(type(node, true));
      case "type_alias_declaration" -> Optional.of(alias(node));
      case "lexical_declaration", "variable_declaration" -> variable(node);
      case "public_field_definition", "field_definition", "property_signature" ->
        Optional.of(field(node));
      case "pair" -> Optional.of(
          Declared.of(UnitKind.ENTRY, node.fieldText("key"), object(node.field("value"))));
      case "shorthand_property_identifier" -> Optional.of(
          Declared.leaf(UnitKind.ENTRY, node.text()));
      case "enum_assignment" -> Optional.of(
          Declared.leaf(UnitKind.MEMBER, node.fieldText("name")));
      case "property_identifier" -> Optional.of(Declared.leaf(UnitKind.MEMBER, node.text()));
      case "literal_type", "type_identifier", "predefined_type", "object_type", "generic_type",
          "array_type", "nested_type_identifier" ->
        Optional.of(
            Declared.leaf(UnitKind.TYPE, node.text()));
      default -> Optional.empty();
    };
  }

  /** A named list merges by names, other imports as a whole; one for its effects has its place. */
  private static Optional<Declared> imports(SyntaxNode node) {
    Optional<SyntaxNode> clause = node.child("import_clause");
    if (clause.isEmpty()) {
      return Optional.empty();
    }
    String origin = node.fieldText("source");
    String keyword = node.child("type").isPresent() ? "import type" : "import";
    Optional<SyntaxNode> names = clause.get().child("named_imports");
    if (names.isPresent()) {
      String first =
          clause.get().child("identifier").map(SyntaxNode::text).orElse("");
      return Optional.of(
          new Declared(
              UnitKind.IMPORT,
              keyword + " {} " + first + " from " + origin,
              keyword + " from " + origin,
              "",
              Body.inside(names.get(), Joint.COMMAS, false)));
    }
    String name =
        clause.get()
            .child("namespace_import")
            .flatMap(space -> space.child("identifier"))
            .or(() -> clause.get().child("identifier"))
            .map(SyntaxNode::text)
            .orElse(clause.get().text());
    return Optional.of(
        new Declared(
            UnitKind.IMPORT,
            keyword + " " + clause.get().text() + " from " + origin,
            name,
            "",
            null));
  }

  private static Declared specifier(SyntaxNode node) {
    String name = node.fieldText("name");
    String alias = node.fieldText("alias");
    return new Declared(
        node.is("import_specifier") ? UnitKind.IMPORT : UnitKind.ENTRY,
        node.type() + " " + name + " as " + alias,
        alias.isEmpty() ? name : alias,
        "",
        null);
  }

  private Optional<Declared> exported(SyntaxNode node) {
    Optional<SyntaxNode> declaration = node.field("declaration");
    if (declaration.isPresent()) {
      return declared(declaration.get());
    }
    Optional<SyntaxNode> clause = node.child("export_clause");
    if (clause.isPresent()) {
      String origin = "export from " + node.fieldText("source");
      return Optional.of(
          new Declared(
              UnitKind.SCOPE,
              origin,
              origin,
              "",
              Body.inside(clause.get(), Joint.COMMAS, false)));
    }
    return node.child("default").isPresent()
        ? Optional.of(Declared.leaf(UnitKind.MEMBER, "export default"))
        : Optional.empty();
  }

  private static Declared function(SyntaxNode node, String prefix) {
    return Declared.leaf(
        UnitKind.FUNCTION, prefix + node.fieldText("name"), node.fieldText("parameters"));
  }

  private static Declared method(SyntaxNode node) {
    String accessor =
        node.children("get", "set", "static")
            .stream()
            .map(SyntaxNode::text)
            .collect(Collectors.joining(" "));
    String name = node.fieldText("name");
    return new Declared(
        UnitKind.FUNCTION,
        ("function " + accessor + " " + name).replace("  ", " "),
        name,
        node.fieldText("parameters"),
        null);
  }

  private static Declared type(SyntaxNode node, boolean ordered) {
    Optional<SyntaxNode> body = node.field("body");
    return Declared.of(
        UnitKind.TYPE,
        node.fieldText("name"),
        body.map(
            found -> Body.inside(
                found, found.is("enum_body") ? Joint.COMMAS : Joint.LINES, ordered))
            .orElse(null));
  }

  private static Declared alias(SyntaxNode node) {
    Optional<SyntaxNode> value = node.field("value");
    @Nullable Body body = null;
    if (value.isPresent() && value.get().is("object_type")) {
      body = Body.inside(value.get(), Joint.LINES, false);
    } else if (value.isPresent() && value.get().is("union_type")) {
      List<SyntaxNode> variants = new ArrayList<>();
      flatten(value.get(), variants);
      body =
          new Body(
              variants,
              value.get().start(),
              value.get().end(),
              Joint.BARS,
              false);
    }
    return Declared.of(UnitKind.TYPE, node.fieldText("name"), body);
  }

  private static void flatten(SyntaxNode node, List<SyntaxNode> variants) {
    for (SyntaxNode child : node.children()) {
      if (child.is("union_type")) {
        flatten(child, variants);
      } else {
        variants.add(child);
      }
    }
  }

  private static Optional<Declared> variable(SyntaxNode node) {
    List<SyntaxNode> declarators = node.children("variable_declarator");
    boolean simple =
        declarators.stream()
            .allMatch(
                declarator -> declarator.field("name")
                    .filter(name -> name.is("identifier"))
                    .isPresent());
    if (declarators.isEmpty() || !simple) {
      return Optional.empty();
    }
    String names =
        declarators.stream()
            .map(declarator -> declarator.fieldText("name"))
            .collect(Collectors.joining(", "));
    Optional<SyntaxNode> value =
        declarators.size() == 1 ? declarators.getFirst().field("value") : Optional.empty();
    if (value.filter(ScriptDialect::isFunction).isPresent()) {
      return Optional.of(
          Declared.leaf(UnitKind.FUNCTION, names, value.get().fieldText("parameters")));
    }
    return Optional.of(Declared.of(UnitKind.MEMBER, names, object(value)));
  }

  private static boolean isFunction(SyntaxNode value) {
    return value.is("arrow_function", "function_expression", "function", "generator_function");
  }

  private static Declared field(SyntaxNode node) {
    String name =
        node.field("name").or(() -> node.field("property")).map(SyntaxNode::text).orElse("");
    Optional<SyntaxNode> value = node.field("value");
    return value.filter(ScriptDialect::isFunction).isPresent()
        ? Declared.leaf(UnitKind.FUNCTION, name, value.get().fieldText("parameters"))
        : Declared.leaf(UnitKind.MEMBER, name);
  }

  /** The body of an object in which only keys count; a spread makes the order count. */
  private static @Nullable Body object(Optional<SyntaxNode> value) {
    return value.filter(found -> found.is("object"))
        .filter(
            found -> found.children()
                .stream()
                .filter(SyntaxNode::isNamed)
                .allMatch(
                    child -> child.is(
                        "pair", "shorthand_property_identifier", "method_definition", "comment")))
        .map(found -> Body.inside(found, Joint.COMMAS, false))
        .orElse(null);
  }
}
