package io.archmage.graph;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What keeps tasks that may write the same file from doing so at once. */
public enum ConflictResolution {
  /** An edge was added that puts them one after another. */
  SERIALIZE,
  /** The plan already puts them one after another. */
  ORDERED;

  /** The name in documents: lower case. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
