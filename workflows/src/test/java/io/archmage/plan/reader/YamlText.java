package io.archmage.plan.reader;

import io.archmage.plan.document.Mapping;
import io.archmage.plan.document.Node;
import io.archmage.plan.document.Scalar;
import io.archmage.plan.document.ScalarType;
import io.archmage.plan.document.Sequence;

/** Writes nodes as block YAML. */
final class YamlText {

  private YamlText() {}

  static String of(Node node) {
    return write(node, "").stripLeading();
  }

  private static String write(Node node, String indent) {
    StringBuilder text = new StringBuilder();
    switch (node) {
      case Scalar scalar -> {
        boolean quoted = scalar.type() == ScalarType.STRING;
        text.append(quoted ? "'" + scalar.text().replace("'", "''") + "'" : scalar.text());
      }
      case Sequence sequence when sequence.items().isEmpty() -> text.append("[]");
      case Sequence sequence -> {
        for (Node item : sequence.items()) {
          text.append('\n').append(indent).append("- ").append(write(item, indent + "  "));
        }
      }
      case Mapping mapping -> {
        for (Mapping.Entry entry : mapping.entries()) {
          text.append('\n').append(indent).append(entry.key()).append(": ");
          text.append(write(entry.value(), indent + "  "));
        }
      }
    }
    return text.toString();
  }
}
