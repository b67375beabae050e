package io.archmage.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** How strongly a task depends on another. */
public enum DependencyType {
  /** The task starts only after the other has succeeded and is integrated. */
  HARD,
  /** A recommended order: it breaks ties between ready tasks and never makes one wait. */
  SOFT;

  /** The name in documents: lower case. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of that name in documents, or empty. */
  public static Optional<DependencyType> ofKey(String key) {
    for (DependencyType type : values()) {
      if (type.key().equals(key)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  @JsonCreator
  static DependencyType fromKey(String key) {
    return ofKey(key)
        .orElseThrow(() -> new IllegalArgumentException("unknown dependency type " + key));
  }
}
