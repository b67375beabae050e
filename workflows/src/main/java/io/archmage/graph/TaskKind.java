package io.archmage.graph;

import java.util.Locale;

/** The kinds of work that the order rules tell apart. */
public enum TaskKind {
  /** Changes the product. */
  IMPLEMENTATION,
  /** Studies what implementation made. */
  ANALYSIS,
  /** Judges what implementation made. */
  REVIEW,
  /** All other work. */
  OTHER;

  /** The kind of an action or of a familiar's role, ignoring case and surrounding space. */
  public static TaskKind of(String action) {
    return switch (action.strip().toLowerCase(Locale.ROOT)) {
      case "implement", "fix", "refactor", "design" -> IMPLEMENTATION;
      case "analyze" -> ANALYSIS;
      case "review", "verify" -> REVIEW;
      default -> OTHER;
    };
  }

  /** Whether work of this kind comes after implementation. */
  public boolean followsImplementation() {
    return this == ANALYSIS || this == REVIEW;
  }
}
