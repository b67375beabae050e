package io.archmage.workspace;

/**
 * Something that is not integrated.
 *
 * @param path relative to the top; a directory ends with a slash
 * @param reason why
 * @param files how many files this stands for, at least 1
 */
public record Omitted(String path, Reason reason, int files) {
  /** Why something is not integrated. */
  public enum Reason {
    /** Untracked, matches {@code workspace.exclude}, and is no declared output; kept in full. */
    EXCLUDED(true),
    /** Over the limit and no declared output; kept in full. */
    TOO_LARGE(true),
    /** Lies where the base has a submodule; kept in full. */
    SUBMODULE(true),
    /** Could not be read, or git does not allow its name; not kept. */
    UNREADABLE(false),
    /** A socket, pipe or device; not kept. */
    SPECIAL_FILE(false);

    private final boolean kept;

    Reason(boolean kept) {
      this.kept = kept;
    }

    /** Tells whether the full snapshot has it. */
    public boolean isKept() {
      return kept;
    }
  }
}
