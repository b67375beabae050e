package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
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
   * @param how {@code fast_forward}, {@code textual}, {@code structural} or {@code person}
   * @param files paths brought in, sorted, at most {@value AttemptResult#MAX_FILES}
   * @param structural those of them that were merged by their declarations
   * @param unchecked those that both sides changed and that could not be looked into, each with a
   *     colon and the reason
   */
  @Wire
  record Merged(
      String head,
      String how,
      List<String> files,
      List<String> structural,
      List<String> unchecked)
      implements
        IntegrationResult {
    /** Copies the lists; those that earlier versions did not have are empty. */
    @JsonCreator
    public Merged {
      files = List.copyOf(files);
      structural = structural == null ? List.of() : List.copyOf(structural);
      unchecked = unchecked == null ? List.of() : List.copyOf(unchecked);
    }

    /** A merge in which no file needed a look into it. */
    public Merged(String head, String how, List<String> files) {
      this(head, how, files, List.of(), List.of());
    }
  }

  /**
   * Nothing was merged.
   *
   * @param head the head that the work does not merge with
   * @param conflicts what collides, not empty
   * @param sides where both versions are kept, or null if they are not
   * @param serial whether one task after the other would make what both together cannot, so that
   *     nobody has to be asked
   */
  @Wire
  record Conflicted(
      String head,
      List<FileConflict> conflicts,
      @Nullable ConflictSides sides,
      boolean serial)
      implements
        IntegrationResult {
    /** Copies the list. */
    @JsonCreator
    public Conflicted {
      conflicts = List.copyOf(conflicts);
    }

    /** A conflict that one task after the other would not settle. */
    public Conflicted(
        String head, List<FileConflict> conflicts, @Nullable ConflictSides sides) {
      this(head, conflicts, sides, false);
    }

    /** A conflict whose sides are not kept. */
    public Conflicted(String head, List<FileConflict> conflicts) {
      this(head, conflicts, null, false);
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
