package io.archmage.plan.document;

import io.archmage.plan.PlanProblem;
import io.archmage.plan.Position;
import io.archmage.plan.ProblemCode;
import java.util.List;

/**
 * Reads JSON (with comments) or YAML 1.2 into nodes. Any input gives nodes or problems, never an
 * exception; time and memory grow with the input's size only.
 */
public final class DocumentReader {

  /** The largest document, in bytes of UTF-8 or in UTF-16 units of a text. */
  public static final int MAX_SIZE = 16 * 1024 * 1024;

  /** The deepest nesting of lists and mappings. */
  public static final int MAX_DEPTH = 100;

  private DocumentReader() {}

  /** Reads UTF-8 bytes, with or without a byte order mark. */
  public static DocumentReading read(byte[] bytes, DocumentSyntax syntax) {
    try {
      checkSize(bytes.length);
      return parse(Utf8.decode(bytes), syntax);
    } catch (MalformedDocumentException e) {
      return new DocumentReading.Unreadable(List.of(e.problem()));
    }
  }

  /** Reads a text, with or without a byte order mark. */
  public static DocumentReading read(String text, DocumentSyntax syntax) {
    try {
      checkSize(text.length());
      return parse(text, syntax);
    } catch (MalformedDocumentException e) {
      return new DocumentReading.Unreadable(List.of(e.problem()));
    }
  }

  private static DocumentReading parse(String raw, DocumentSyntax syntax)
      throws MalformedDocumentException {
    String text = raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
    ProblemCollector problems = new ProblemCollector();
    Node root =
        switch (syntax.orOf(text)) {
          case JSON -> new JsonParsing(text, problems).parse();
          case YAML, UNKNOWN -> new YamlParsing(text, problems).parse();
        };
    if (!problems.isEmpty()) {
      return new DocumentReading.Unreadable(problems.list());
    }
    if (root.isNull()) {
      throw empty();
    }
    if (root instanceof Mapping mapping) {
      return new DocumentReading.Parsed(mapping);
    }
    return new DocumentReading.Unreadable(List.of(notAMapping(root)));
  }

  /** The problem of a document that is no mapping. */
  public static PlanProblem notAMapping(Node root) {
    return PlanProblem.at(
        root.position(),
        ProblemCode.NOT_A_MAPPING,
        null,
        "the document is " + root.describe() + ", expected a mapping of keys to values",
        "Write keys with values at the top, such as \"tasks\" with a list of tasks.");
  }

  static MalformedDocumentException empty() {
    return new MalformedDocumentException(
        new Position(1, 1),
        ProblemCode.EMPTY_DOCUMENT,
        "the document is empty",
        "Write keys with values, such as \"tasks\" with a list of tasks.");
  }

  static MalformedDocumentException severalDocuments(Position position) {
    return new MalformedDocumentException(
        position,
        ProblemCode.SEVERAL_DOCUMENTS,
        "a second document begins here, expected one per file",
        "Put each document into a file of its own.");
  }

  static MalformedDocumentException tooDeep(Position position) {
    return new MalformedDocumentException(
        position,
        ProblemCode.NESTED_TOO_DEEPLY,
        "lists and mappings are nested deeper than " + MAX_DEPTH + " levels",
        "Nest less deeply.");
  }

  private static void checkSize(int size) throws MalformedDocumentException {
    if (size > MAX_SIZE) {
      throw new MalformedDocumentException(
          new Position(1, 1),
          ProblemCode.TOO_LARGE,
          "the document has " + size + " bytes, at most " + MAX_SIZE + " are read",
          "Move long prompts into files and name them with \"prompt_file\".");
    }
  }
}
