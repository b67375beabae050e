package io.archmage.workspace;

import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/** Tells which untracked files are not integrated. */
final class Excludes {
  private final List<FastIgnoreRule> rules;
  private final List<String> outputs;

  Excludes(List<String> patterns, List<String> outputs) {
    this.rules = patterns.stream().map(FastIgnoreRule::new).toList();
    this.outputs = outputs;
  }

  /** Returns the topmost excluded directory (with a slash) or file {@code path} belongs to. */
  Optional<String> match(String path) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (matches(path.substring(0, end), true)) {
        return Optional.of(path.substring(0, end + 1));
      }
    }
    return matches(path, false) ? Optional.of(path) : Optional.empty();
  }

  boolean isOutput(String path) {
    return outputs.stream().anyMatch(output -> isOutput(path, output));
  }

  private boolean matches(String path, boolean directory) {
    boolean excluded = false;
    for (FastIgnoreRule rule : rules) {
      if (rule.isMatch(path, directory, true)) {
        excluded = rule.getResult();
      }
    }
    return excluded;
  }

  private static boolean isOutput(String path, String output) {
    String plain = output.endsWith("/") ? output.substring(0, output.length() - 1) : output;
    if (path.equals(plain) || path.startsWith(plain + "/")) {
      return true;
    }
    boolean directory = output.endsWith("/");
    return new FastIgnoreRule("/" + plain).isMatch(path, false, !directory);
  }
}
