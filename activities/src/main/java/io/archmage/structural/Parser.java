package io.archmage.structural;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSTree;

/** Parses text of one language in bounded time. Thread-safe: each parse has a native parser. */
final class Parser {
  private static final int CHUNK = 1 << 15;

  private final Language language;
  private final Duration patience;

  Parser(Language language, Duration patience) {
    this.language = language;
    this.patience = patience;
  }

  /**
   * Parses a whole file.
   *
   * @param source one character per byte of UTF-8
   * @return the tree, with errors in it if need be; empty if it took too long
   * @throws MissingGrammarException if the grammar cannot be loaded on this machine
   */
  Optional<SyntaxTree> parse(String source) {
    TSLanguage grammar = Grammars.load(language);
    byte[] bytes = source.getBytes(StandardCharsets.ISO_8859_1);
    long deadline = System.nanoTime() + patience.toNanos();
    try (TSParser parser = new TSParser()) {
      if (!parser.setLanguage(grammar)) {
        throw new MissingGrammarException("its grammar does not fit the parser", null);
      }
      @Nullable TSTree tree =
          parser.parseWithOptions(
              new byte[CHUNK],
              null,
              (buffer, offset, position) -> {
                int length = Math.min(buffer.length, bytes.length - offset);
                if (length <= 0) {
                  return 0;
                }
                System.arraycopy(bytes, offset, buffer, 0, length);
                return length;
              },
              TSInputEncoding.TSInputEncodingUTF8,
              state -> System.nanoTime() > deadline);
      return Optional.ofNullable(tree).map(parsed -> new SyntaxTree(parsed, source));
    }
  }
}
