package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.structural.Clash;
import java.util.List;
import java.util.Optional;

/**
 * One path that could not be merged.
 *
 * @param path relative to the top
 * @param kind why
 * @param ours the commit on the run's branch that touched the path last
 * @param theirs the attempt
 * @param clashes the declarations that clash, empty if they are not known
 */
public record FileConflict(
    String path, Kind kind, Side ours, Side theirs, List<Clash> clashes) {

  /** Copies the list. */
  public FileConflict {
    clashes = List.copyOf(clashes);
  }

  /** A conflict of which no more is known. */
  public FileConflict(String path, Kind kind, Side ours, Side theirs) {
    this(path, kind, ours, theirs, List.of());
  }

  /** Whether one task after the other would make what both together cannot. */
  public boolean isSerial() {
    return !clashes.isEmpty()
        && clashes.stream().allMatch(clash -> clash.kind() == Clash.Kind.SAME_FUNCTION);
  }

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
    /** The lines merge, but what they declare then does not fit together. */
    DECLARATIONS,
    /** The lines conflict, the declarations do not; a person is to say whether that is enough. */
    RESOLVABLE,
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
    CASE_COLLISION,
    /** Both made the same change, of which one is to be undone and the other is not. */
    SAME_WORK
  }
}
