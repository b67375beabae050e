package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What came of merging an attempt. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IntegrationResult.Merged.class, name = "merged"),
  @JsonSubTypes.Type(value = IntegrationResult.Conflicted.class, name = "conflicted"),
  @JsonSubTypes.Type(value = IntegrationResult.ProtectedPaths.class, name = "protected")
})
public sealed interface IntegrationResult {

  /**
   * The work is in the run's head.
   *
   * @param head the head that contains it
   * @param how {@code fast_forward} or {@code textual}
   * @param files paths brought in, sorted, at most {@value AttemptResult#MAX_FILES}
   */
  @Wire
  record Merged(String head, String how, List<String> files) implements IntegrationResult {
    /** Copies the list. */
    public Merged {
      files = List.copyOf(files);
    }
  }

  /**
   * Nothing was merged.
   *
   * @param head the head that the work does not merge with
   * @param conflicts what collides, not empty
   */
  @Wire
  record Conflicted(String head, List<FileConflict> conflicts) implements IntegrationResult {
    /** Copies the list. */
    public Conflicted {
      conflicts = List.copyOf(conflicts);
    }
  }

  /**
   * Nothing was merged: the work changes files that only a person may change.
   *
   * @param files the paths, sorted
   */
  @Wire
  record ProtectedPaths(List<String> files) implements IntegrationResult {
    /** Copies the list. */
    public ProtectedPaths {
      files = List.copyOf(files);
    }
  }
}
