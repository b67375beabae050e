package io.archmage.config;

import java.time.Duration;
import java.util.List;

/**
 * How the directories in which familiars work are made ready, read and kept.
 *
 * @param excludes untracked files that are not integrated, or empty for the defaults
 * @param setup argument list of a command that makes a fresh workspace ready, or empty
 * @param setupInputs files on which the command's outcome depends, git {@code glob} patterns from
 *     the top, or empty for the usual dependency files
 * @param setupTimeout how long the command may take
 * @param copies files of the user's checkout, relative, that every workspace gets and that are
 *     never recorded
 * @param keepFailed whether the workspace of a failed attempt is put aside for people
 * @param pool idle workspaces kept for later, or -1 for as many as run at once
 * @param snapshotEvery how often the files of a running familiar are recorded
 */
public record WorkspaceRules(
    List<String> excludes,
    List<String> setup,
    List<String> setupInputs,
    Duration setupTimeout,
    List<String> copies,
    boolean keepFailed,
    int pool,
    Duration snapshotEvery) {

  /** What holds where nothing is said. */
  public static final WorkspaceRules DEFAULT =
      new WorkspaceRules(
          List.of(),
          List.of(),
          List.of(),
          Duration.ofMinutes(15),
          List.of(),
          false,
          -1,
          Duration.ofMinutes(1));

  /** Copies the lists. */
  public WorkspaceRules {
    excludes = List.copyOf(excludes);
    setup = List.copyOf(setup);
    setupInputs = List.copyOf(setupInputs);
    copies = List.copyOf(copies);
  }
}
