package io.archmage.graph;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a task's outputs: a file, a directory with everything below it, or a glob in git's
 * pathspec syntax. Characters are code points, upper and lower case differ. Not thread-safe.
 */
public final class OutputPattern {

  private enum Kind {
    FILE, TREE, GLOB
  }

  private final Kind kind;
  private final String path;
  private final String prefix;
  private @Nullable PathAutomaton automaton;

  private OutputPattern(Kind kind, String path, String prefix) {
    this.kind = kind;
    this.path = path;
    this.prefix = prefix;
  }

  /**
   * The pattern of a text that {@link RepositoryPath} accepts.
   *
   * @param directory tells directories of the base commit, asked with a path without a slash at its
   *     end
   */
  public static OutputPattern of(String text, Predicate<String> directory) {
    String plain = RepositoryPath.normalized(text);
    boolean below = plain.isEmpty() || plain.endsWith("/");
    String path = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    if (GlobCompiler.special(path) && !directory.test(path)) {
      String glob = below ? path + "/**" : path;
      return new OutputPattern(Kind.GLOB, glob, GlobCompiler.literalPrefix(glob));
    }
    Kind kind = below || directory.test(path) ? Kind.TREE : Kind.FILE;
    return new OutputPattern(kind, path, path);
  }

  /** Whether the pattern covers a file's path. */
  public boolean matches(String file) {
    return automaton().matches(file);
  }

  /**
   * Whether two patterns can cover the same file, or one a file where the other needs a directory.
   * Exact, but true for patterns too long to compare.
   */
  public boolean overlaps(OutputPattern other) {
    if (kind != Kind.GLOB && other.kind != Kind.GLOB) {
      return sameOrAbove(this, other) || sameOrAbove(other, this);
    }
    if (!prefix.startsWith(other.prefix) && !other.prefix.startsWith(prefix)) {
      return false;
    }
    if (fileAbove(this, other) || fileAbove(other, this)) {
      return true;
    }
    if (kind == Kind.FILE) {
      return other.matches(path);
    }
    if (other.kind == Kind.FILE) {
      return matches(other.path);
    }
    return !automaton().comparable(other.automaton()) || common(other).isPresent();
  }

  /** A file that both patterns cover. */
  Optional<String> common(OutputPattern other) {
    return automaton().common(other.automaton());
  }

  /** The characters every covered path begins with. */
  String prefix() {
    return prefix;
  }

  /** Orders patterns from wide to narrow: globs and directories by prefix, then files. */
  int narrowness() {
    return kind == Kind.FILE ? Integer.MAX_VALUE : prefix.length();
  }

  private static boolean sameOrAbove(OutputPattern above, OutputPattern below) {
    return above.path.equals(below.path)
        || above.path.isEmpty()
        || below.path.startsWith(above.path + "/");
  }

  private static boolean fileAbove(OutputPattern file, OutputPattern below) {
    return file.kind == Kind.FILE && below.prefix.startsWith(file.path + "/");
  }

  private PathAutomaton automaton() {
    if (automaton == null) {
      automaton =
          switch (kind) {
            case FILE -> GlobCompiler.file(path);
            case TREE -> GlobCompiler.tree(path);
            case GLOB -> GlobCompiler.glob(path);
          };
    }
    return automaton;
  }

  /** The pattern in one form per meaning: a directory ends with a slash, the root is the dot. */
  @Override
  public String toString() {
    if (path.isEmpty()) {
      return ".";
    }
    return kind == Kind.TREE ? path + "/" : path;
  }
}
