package io.archmage.graph;

/** What is known of a familiar's name before a run. */
public enum FamiliarStatus {
  /** It can be started here. */
  READY,
  /** It is known, but neither a command nor an adapter can start it here. */
  NO_COMMAND,
  /** Nobody knows it. */
  UNKNOWN
}
