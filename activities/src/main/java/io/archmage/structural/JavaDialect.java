package io.archmage.structural;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Java: methods are told apart by the types of their parameters. */
final class JavaDialect implements Dialect {

  @Override
  public Optional<Declared> declared(SyntaxNode node) {
    return switch (node.type()) {
      case "package_declaration" -> Optional.of(Declared.leaf(UnitKind.SCOPE, "package"));
      case "import_declaration" -> Optional.of(imported(node));
      case "class_declaration", "interface_declaration", "annotation_type_declaration",
          "record_declaration" ->
        Optional.of(type(node, false));
      case "enum_declaration" -> Optional.of(type(node, true));
      case "method_declaration", "constructor_declaration", "compact_constructor_declaration",
          "annotation_type_element_declaration" ->
        Optional.of(method(node));
      case "field_declaration", "constant_declaration" -> Optional.of(
          Declared.leaf(
              UnitKind.MEMBER,
              node.children("variable_declarator")
                  .stream()
                  .map(declarator -> declarator.fieldText("name"))
                  .collect(Collectors.joining(", "))));
      case "enum_constant" -> Optional.of(
          Declared.leaf(UnitKind.MEMBER, node.fieldText("name")));
      default -> Optional.empty();
    };
  }

  private static Declared imported(SyntaxNode node) {
    String path =
        node.text().replaceFirst("^import\\s+", "").replaceAll("\\s*;$|(?<=\\.)\\s+", "");
    String name = path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf(' ')) + 1);
    return new Declared(UnitKind.IMPORT, "import " + path, name, path, null);
  }

  private static Declared type(SyntaxNode node, boolean ordered) {
    String name = node.fieldText("name");
    Optional<SyntaxNode> body = node.field("body");
    if (ordered && body.flatMap(found -> found.child("enum_body_declarations")).isPresent()) {
      return Declared.leaf(UnitKind.TYPE, name);
    }
    return Declared.of(
        UnitKind.TYPE,
        name,
        body.map(found -> Body.inside(found, ordered ? Joint.COMMAS : Joint.LINES, ordered))
            .orElse(null));
  }

  private static Declared method(SyntaxNode node) {
    List<SyntaxNode> parameters =
        node.field("parameters")
            .map(list -> list.children("formal_parameter", "spread_parameter"))
            .orElse(List.of());
    String types =
        parameters.stream().map(JavaDialect::parameterType).collect(Collectors.joining(", "));
    String name = node.fieldText("name");
    return new Declared(
        UnitKind.FUNCTION,
        "function " + name + "(" + types + ")",
        name,
        node.fieldText("type") + "(" + types + ")",
        null);
  }

  private static String parameterType(SyntaxNode parameter) {
    String type =
        parameter.field("type")
            .or(
                () -> parameter.children()
                    .stream()
                    .filter(child -> child.isNamed() && !child.is("modifiers"))
                    .findFirst())
            .map(SyntaxNode::text)
            .orElse("");
    String dimensions = parameter.fieldText("dimensions");
    return type.replaceAll("\\s+", "")
        + dimensions
        + (parameter.is("spread_parameter") ? "..." : "");
  }
}
