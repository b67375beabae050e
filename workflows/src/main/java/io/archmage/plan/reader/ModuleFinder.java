package io.archmage.plan.reader;

import java.util.List;

/** Tells the modules of the base commit: what a fan-out without partitions is divided into. */
@FunctionalInterface
public interface ModuleFinder {

  /** Finds none. */
  ModuleFinder NONE = path -> List.of();

  /**
   * The names of the directories directly below a directory, in alphabetical order, without those
   * that begin with a dot; empty if there is no such directory.
   *
   * @param path relative to the repository's root without a slash at its end; the root is empty.
   *     Not checked, so it may be no path at all
   */
  List<String> below(String path);
}
