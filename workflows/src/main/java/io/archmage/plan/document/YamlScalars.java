package io.archmage.plan.document;

import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import io.archmage.plan.Quoted;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Types the scalars of YAML by the core schema and their tags. */
final class YamlScalars {

  private static final ScalarResolver CORE = new CoreScalarResolver(false);

  /** Longer scalars are text, so that no number costs much to recognise. */
  private static final int MAX_TYPED = 1_000;

  private YamlScalars() {}

  static Scalar scalar(ScalarEvent event, Position position) throws MalformedDocumentException {
    String text = CharacterCheck.checked(event.getValue(), position);
    Tag implied = resolve(text);
    Optional<String> tag = event.getTag().filter(written -> !written.equals("!"));
    if (tag.isEmpty()) {
      Tag type = event.getTag().isPresent() || !event.isPlain() ? Tag.STR : implied;
      return new Scalar(type(type), text, position);
    }
    Tag written = new Tag(tag.get());
    if (written.equals(Tag.STR)) {
      return new Scalar(ScalarType.STRING, text, position);
    }
    Tag plain = resolve(text);
    boolean widened = written.equals(Tag.FLOAT) && plain.equals(Tag.INT);
    if (!written.equals(plain) && !widened) {
      throw unsupported(tag.get(), position);
    }
    return new Scalar(type(written), text, position);
  }

  /** Accepts no tag, the unspecific tag and the core tag of that name. */
  static void checkTag(Optional<String> tag, String name, Position position)
      throws MalformedDocumentException {
    if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals(Tag.PREFIX + name)) {
      throw unsupported(tag.get(), position);
    }
  }

  private static Tag resolve(String text) {
    return text.length() > MAX_TYPED ? Tag.STR : CORE.resolve(text, true);
  }

  private static ScalarType type(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return ScalarType.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      return ScalarType.DECIMAL;
    }
    if (tag.equals(Tag.BOOL)) {
      return ScalarType.BOOLEAN;
    }
    return tag.equals(Tag.NULL) ? ScalarType.NULL : ScalarType.STRING;
  }

  private static MalformedDocumentException unsupported(String tag, Position position) {
    return new MalformedDocumentException(
        position,
        ProblemCode.UNSUPPORTED_TAG,
        "tag " + Quoted.of(tag.replace(Tag.PREFIX, "!!")) + " does not fit this value",
        "Remove the tag.");
  }
}
