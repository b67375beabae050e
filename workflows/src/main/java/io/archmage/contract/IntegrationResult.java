package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of merging an attempt. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IntegrationResult.Merged.class, name = "merged"),
  @JsonSubTypes.Type(value = IntegrationResult.Conflicted.class, name = "conflicted"),
  @JsonSubTypes.Type(value = IntegrationResult.ProtectedPaths.class, name = "protected"),
  @JsonSubTypes.Type(value = IntegrationResult.Refused.class, name = "refused")
})
public sealed interface IntegrationResult {

  /**
   * The work is in the run's head.
   *
   * @param head the head that contains it
   * @param how {@code fast_forward}, {@code textual} or {@code person}
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
   * @param sides where both versions are kept, or null if they are not
   */
  @Wire
  record Conflicted(
      String head, List<FileConflict> conflicts, @Nullable ConflictSides sides)
      implements
        IntegrationResult {
    /** Copies the list. */
    public Conflicted {
      conflicts = List.copyOf(conflicts);
    }

    /** A conflict whose sides are not kept. */
    public Conflicted(String head, List<FileConflict> conflicts) {
      this(head, conflicts, null);
    }
  }

  /**
   * Nothing was merged: what a person decided cannot be done.
   *
   * @param because why, for that person
   * @param conflict the conflict as it is now where that has changed, else null
   */
  @Wire
  record Refused(String because, @Nullable Conflicted conflict) implements IntegrationResult {}

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
