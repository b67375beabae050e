package io.archmage.structural;

import java.util.List;

/** What came of merging or checking one file. */
public sealed interface StructuralResult {

  /** It is merged, or the merged text passed. */
  record Merged(byte[] content) implements StructuralResult {}

  /** It does not merge, or the merged text is wrong; at least one clash says why. */
  record Conflict(List<Clash> clashes) implements StructuralResult {
    /** Copies the list. */
    public Conflict {
      clashes = List.copyOf(clashes);
    }
  }

  /**
   * Nothing can be said of this file.
   *
   * @param reason for people, empty if files of its kind are never looked at
   */
  record NotApplicable(String reason) implements StructuralResult {}
}
