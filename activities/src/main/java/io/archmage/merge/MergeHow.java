package io.archmage.merge;

/** How an attempt came onto the run's branch. */
public enum MergeHow {
  /** The attempt's commit itself became the head. */
  FAST_FORWARD,
  /** A merge commit of the head and the attempt. */
  TEXTUAL,
  /** A merge commit with at least one file merged by its declarations. */
  STRUCTURAL,
  /** A merge commit as a person decided. */
  PERSON
}
