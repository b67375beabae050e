package io.archmage.graph;

import io.archmage.plan.FamiliarName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a plan is checked against: the configuration and the base commit. Answers must not change
 * during one check. Paths are relative to the repository's root, with slashes.
 */
public interface PlanSurroundings {

  /** How much there is of each named resource. */
  SortedMap<String, Integer> resources();

  /** Whether a familiar is known and can be started. */
  FamiliarStatus familiar(FamiliarName name);

  /** All known familiars, for suggestions. */
  List<FamiliarName> knownFamiliars();

  /** The role the configuration gives a familiar, such as {@code implement}, if it gives one. */
  Optional<String> role(FamiliarName name);

  /** Whether the base commit has a file of that path. */
  boolean fileExists(String path);

  /** Whether the base commit has a directory of that path, given without a slash at its end. */
  boolean isDirectory(String path);

  /**
   * The names of the directories directly below a directory of the base commit, in alphabetical
   * order; empty if there is no such directory.
   *
   * @param path without a slash at its end; the root is empty
   */
  List<String> directories(String path);

  /** Whether analysis and review tasks are put after implementation tasks. */
  boolean inferRules();

  /** Whether tasks that may write the same file are put one after another. */
  boolean fileConflictCheck();
}
