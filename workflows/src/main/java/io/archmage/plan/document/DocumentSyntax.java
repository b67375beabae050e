package io.archmage.plan.document;

import java.util.Locale;

/** What is known of a document's syntax before it is read. */
public enum DocumentSyntax {
  /** JSON, comments allowed. */
  JSON,
  /** YAML 1.2. */
  YAML,
  /** Unknown: told from the content. */
  UNKNOWN;

  /** The syntax by the ending of a file's name, ignoring case. */
  public static DocumentSyntax ofFileName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".json") || lower.endsWith(".jsonc")) {
      return JSON;
    }
    return lower.endsWith(".yaml") || lower.endsWith(".yml") ? YAML : UNKNOWN;
  }

  /**
   * This syntax if it is known; else JSON for a text whose first character other than white space
   * is a brace, a bracket or the slash of a comment, and YAML for all other texts.
   */
  DocumentSyntax orOf(String text) {
    if (this != UNKNOWN) {
      return this;
    }
    int first = 0;
    while (first < text.length() && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    return first < text.length() && "{[/".indexOf(text.charAt(first)) >= 0 ? JSON : YAML;
  }
}
