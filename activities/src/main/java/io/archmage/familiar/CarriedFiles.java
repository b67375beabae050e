package io.archmage.familiar;

import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.EarlierWork;
import io.archmage.workspace.Workspace;
import java.util.Optional;

/** Whether a workspace has the files of an attempt that was cut off. */
enum CarriedFiles {

  /** There was nothing to carry. */
  NONE,
  /** They are in it. */
  THERE,
  /** They do not fit what was merged since. */
  MISFIT;

  /**
   * Puts them into the workspace if they fit.
   *
   * @param attempt whose they are
   * @param ref where its last snapshot is
   */
  static CarriedFiles into(
      Workspace workspace, GitRepository repository, TaskTrailers attempt, String ref) {
    Optional<CommitId> snapshot = repository.refs().read(ref);
    if (snapshot.isEmpty()) {
      return NONE;
    }
    return switch (new EarlierWork(repository).over(attempt, snapshot.get(), workspace.base())) {
      case EarlierWork.Over.Nothing nothing -> NONE;
      case EarlierWork.Over.Misfit misfit -> MISFIT;
      case EarlierWork.Over.Files files -> {
        workspace.lay(files.tree());
        yield THERE;
      }
    };
  }

  /** What the familiar has to know of it; empty if nothing. */
  String sentence() {
    return switch (this) {
      case NONE -> "";
      case THERE ->
        "An earlier attempt at this task was cut off. What it had done is in the workspace, as"
            + " changes that are not committed; look at them and go on from there.";
      case MISFIT ->
        "An earlier attempt at this task was cut off. What it had done does not fit what was merged"
            + " since, so the workspace is without it.";
    };
  }
}
