package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** The pattern of a plan, as in its key {@code execution}. */
public enum Execution {
  /** Tasks without declared order. */
  PARALLEL,
  /** Stages one after another, with a barrier between them. */
  STAGED_PARALLEL,
  /** Steps one after another, outputs handed on by name. */
  PIPELINE,
  /** One task per partition, then one merge. */
  FAN_OUT_FAN_IN,
  /** Tasks with dependencies. */
  DAG;

  /** The name in documents: lower case with underscores. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The pattern of that name in documents, or empty. */
  public static Optional<Execution> ofKey(String key) {
    for (Execution execution : values()) {
      if (execution.key().equals(key)) {
        return Optional.of(execution);
      }
    }
    return Optional.empty();
  }

  @JsonCreator
  static Execution fromKey(String key) {
    return ofKey(key).orElseThrow(() -> new IllegalArgumentException("unknown execution " + key));
  }
}
