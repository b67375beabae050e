package io.archmage.render;

import org.jspecify.annotations.Nullable;

/** Commit ids as people read them. */
final class Commits {

  private static final int SHOWN = 10;

  private Commits() {}

  /** The first ten digits; null is empty. */
  static String shorten(@Nullable String commit) {
    if (commit == null) {
      return "";
    }
    String safe = TerminalSafe.line(commit);
    return safe.length() <= SHOWN ? safe : safe.substring(0, SHOWN);
  }
}
