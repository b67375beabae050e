package io.archmage.graph;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why one task comes before another. */
public enum EdgeReason {
  /** The plan says so. */
  DECLARED,
  /** One reads by name what the other produces. */
  ARTIFACT,
  /** A stage whose tasks run one after another. */
  STAGE,
  /** Analysis and review come after implementation. */
  RULE,
  /** Both may write the same file. */
  FILE_CONFLICT,
  /** Both belong to one group. */
  GROUP;

  /**
   * Whether the later task can only run if the earlier one succeeded; else it merely waits until
   * the earlier one has ended in any way.
   */
  public boolean needsSuccess() {
    return switch (this) {
      case DECLARED, ARTIFACT -> true;
      case STAGE, RULE, FILE_CONFLICT, GROUP -> false;
    };
  }

  /** The name in documents: lower case with underscores. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
