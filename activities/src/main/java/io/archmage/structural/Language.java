package io.archmage.structural;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages with a grammar. */
enum Language {
  /** Without preview features. */
  JAVA("Java", new JavaDialect(), "java"),
  /** Also stubs. */
  PYTHON("Python", new PythonDialect(), "py", "pyi"),
  /** Of any module system. */
  TYPESCRIPT("TypeScript", new ScriptDialect(), "ts", "mts", "cts"),
  /** Its angle brackets are elements, not casts. */
  TSX("TypeScript with JSX", new ScriptDialect(), "tsx"),
  /** With or without JSX. */
  JAVASCRIPT("JavaScript", new ScriptDialect(), "js", "mjs", "cjs", "jsx"),
  /** Go. */
  GO("Go", new GoDialect(), "go"),
  /** Rust. */
  RUST("Rust", new RustDialect(), "rs"),
  /** Comments are allowed. */
  JSON("JSON", new JsonDialect(), "json"),
  /** One document with a mapping. */
  YAML("YAML", new YamlDialect(), "yaml", "yml");

  private final String label;
  private final Dialect dialect;
  private final List<String> extensions;

  Language(String label, Dialect dialect, String... extensions) {
    this.label = label;
    this.dialect = dialect;
    this.extensions = List.of(extensions);
  }

  /** The language of a file by its name. */
  static Optional<Language> ofPath(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (Language language : values()) {
      if (language.extensions.contains(extension)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  String label() {
    return label;
  }

  Dialect dialect() {
    return dialect;
  }
}
