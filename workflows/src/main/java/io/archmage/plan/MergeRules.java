package io.archmage.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a merge by declarations may do.
 *
 * @param sameFunction what happens where both sides changed one function
 * @param differentFunctions what happens where both sides changed functions of one file
 * @param imports what happens where both sides changed imports of one file
 * @param types what happens where both sides changed types, or members of types, of one file
 * @param resolutions what happens where lines conflict and declarations do not
 * @param manual what happens where a person would have to decide, null if that is said elsewhere
 */
public record MergeRules(
    SameFunction sameFunction,
    DifferentFunctions differentFunctions,
    Union imports,
    Union types,
    Resolutions resolutions,
    @Nullable ConflictPolicy manual) {

  /** The rules where nothing is said. */
  public static final MergeRules DEFAULT =
      new MergeRules(
          SameFunction.SERIALIZE,
          DifferentFunctions.MERGE,
          Union.UNION,
          Union.UNION,
          Resolutions.APPLY,
          null);

  /** Whether some conflicts are settled by running one task after the other. */
  public boolean serializes() {
    return sameFunction == SameFunction.SERIALIZE
        || differentFunctions == DifferentFunctions.SERIALIZE;
  }

  /** What two tasks may not both do to one function. */
  public enum SameFunction {
    /** It is a conflict: the second task is run again after the first. */
    SERIALIZE,
    /** Their lines are merged. */
    MERGE
  }

  /** What becomes of functions of one file that two tasks changed. */
  public enum DifferentFunctions {
    /** Each function is taken from the task that changed it. */
    MERGE,
    /** It is a conflict: the second task is run again after the first. */
    SERIALIZE
  }

  /** What becomes of sets that two tasks changed. */
  public enum Union {
    /** The result has what either added and lacks what either removed. */
    UNION,
    /** It is a conflict. */
    CONFLICT
  }

  /** What becomes of a merge by declarations where the lines conflict. */
  public enum Resolutions {
    /** It is taken. */
    APPLY,
    /** It stays a conflict, which says that the declarations would merge. */
    ASK
  }
}
