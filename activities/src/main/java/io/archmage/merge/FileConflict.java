package io.archmage.merge;

import io.archmage.git.CommitId;
import java.util.Optional;

/**
 * One path that could not be merged.
 *
 * @param path relative to the top
 * @param kind why
 * @param ours the commit on the run's branch that touched the path last
 * @param theirs the attempt
 */
public record FileConflict(String path, Kind kind, Side ours, Side theirs) {
  /**
   * One side of a conflict.
   *
   * @param commit where it comes from
   * @param task whose work that is, empty if the commit is not Archmage's
   */
  public record Side(CommitId commit, Optional<String> task) {}

  /** Why a path could not be merged. */
  public enum Kind {
    /** Both changed the same lines, or lines next to each other. */
    CONTENT,
    /** Both added the file, differently. */
    ADD_ADD,
    /** One deleted what the other edited. */
    DELETE_EDIT,
    /** One renamed, and the other did something that does not fit. */
    RENAME,
    /** A file on one side is a directory on the other. */
    DIRECTORY_FILE,
    /** Both changed a file that is not text. */
    BINARY,
    /** Both changed a symbolic link. */
    SYMLINK,
    /** Both changed a submodule. */
    SUBMODULE,
    /** The sides disagree about the type or mode. */
    MODE,
    /** A name git or a file system could take for {@code .git}, or {@code ..}. */
    UNSAFE_PATH,
    /** A new symbolic link that leads out of the repository. */
    UNSAFE_LINK,
    /** A new name that differs from another only by case or Unicode form. */
    CASE_COLLISION
  }
}
