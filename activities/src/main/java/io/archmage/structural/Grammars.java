package io.archmage.structural;

import java.util.EnumMap;
import java.util.Map;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterJson;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;
import org.treesitter.TreeSitterYaml;

/** Loads the native grammars, each when it is first needed. Thread-safe. */
final class Grammars {
  /** The parser's version; a test compares it with the jar. */
  static final String VERSION = "0.26.6";

  private static final Map<Language, TSLanguage> LOADED = new EnumMap<>(Language.class);

  private Grammars() {}

  /**
   * The grammar of a language.
   *
   * @throws MissingGrammarException if this machine's platform has none (musl, for one)
   */
  static synchronized TSLanguage load(Language language) {
    TSLanguage known = LOADED.get(language);
    if (known == null) {
      try {
        known = create(language);
      } catch (LinkageError | RuntimeException e) {
        throw new MissingGrammarException(
            "no parser for %s on %s %s".formatted(
                language.label(), System.getProperty("os.name"), System.getProperty("os.arch")),
            e);
      }
      LOADED.put(language, known);
    }
    return known;
  }

  private static TSLanguage create(Language language) {
    return switch (language) {
      case JAVA -> new TreeSitterJava();
      case PYTHON -> new TreeSitterPython();
      case TYPESCRIPT -> new TreeSitterTypescript();
      case TSX -> new TreeSitterTsx();
      case JAVASCRIPT -> new TreeSitterJavascript();
      case GO -> new TreeSitterGo();
      case RUST -> new TreeSitterRust();
      case JSON -> new TreeSitterJson();
      case YAML -> new TreeSitterYaml();
    };
  }
}
