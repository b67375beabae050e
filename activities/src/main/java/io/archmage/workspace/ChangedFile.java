package io.archmage.workspace;

/**
 * A file that differs from the base.
 *
 * @param path relative to the top, with {@code /}; see {@link io.archmage.git.GitPaths#display}
 * @param change how it differs
 */
public record ChangedFile(String path, Change change) {
  /** How a file differs from the base. */
  public enum Change {
    /** The base has no such file. */
    ADDED,
    /** Content, mode or type differ. */
    MODIFIED,
    /** Only the base has it. */
    DELETED
  }
}
