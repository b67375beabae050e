package io.archmage.structural;

import io.archmage.structural.Clash.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Base, left, right and the result of one file, parsed; the trees live until it is closed. */
final class ParsedVersions implements AutoCloseable {
  private static final int INPUTS = 3;

  private final Language language;
  private final Parser parser;
  private final List<String> sources = new ArrayList<>();
  private final List<Optional<SyntaxTree>> trees = new ArrayList<>();

  ParsedVersions(Language language, Duration patience) {
    this.language = language;
    this.parser = new Parser(language, patience);
  }

  /** Adds the next version: base, left, right, result. */
  void add(String source) {
    sources.add(source);
    trees.add(parser.parse(source));
  }

  boolean tookTooLong() {
    return trees.stream().anyMatch(Optional::isEmpty);
  }

  boolean inputHasErrors() {
    return trees.stream()
        .limit(INPUTS)
        .flatMap(Optional::stream)
        .anyMatch(
            tree -> tree.root().hasError());
  }

  boolean resultHasErrors() {
    return trees.size() <= INPUTS
        || trees.get(INPUTS).filter(tree -> !tree.root().hasError()).isEmpty();
  }

  byte[] resultBytes() {
    return sources.get(INPUTS).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The three inputs divided, empty if one cannot be. */
  Optional<Versions> versions() {
    @Nullable Outline base = outline(0).orElse(null);
    @Nullable Outline left = outline(1).orElse(null);
    @Nullable Outline right = outline(2).orElse(null);
    return base == null || left == null || right == null
        ? Optional.empty()
        : Optional.of(new Versions(base, left, right));
  }

  /** The result divided, empty if it does not parse or cannot be. */
  Optional<Outline> result() {
    return resultHasErrors() ? Optional.empty() : outline(INPUTS);
  }

  Clash broken() {
    return Clash.of(
        Kind.BROKEN, "the merged text does not parse as " + language.label());
  }

  private Optional<Outline> outline(int version) {
    return trees.get(version)
        .flatMap(
            tree -> Outliner.outline(language.dialect(), tree.root(), sources.get(version)));
  }

  String source(int version) {
    return sources.get(version);
  }

  SyntaxNode root(int version) {
    return trees.get(version).orElseThrow().root();
  }

  @Override
  public void close() {
    trees.stream().flatMap(Optional::stream).forEach(SyntaxTree::close);
  }
}
