package io.archmage.plan;

/** How strongly a task depends on another. */
public enum DependencyType {
  /** The task starts only after the other has succeeded and is integrated. */
  HARD,
  /** A recommended order: it breaks ties between ready tasks and never makes one wait. */
  SOFT
}
