package io.archmage.workspace;

import io.archmage.config.WorkspaceRules;
import java.util.List;

/**
 * How workspaces are made and read.
 *
 * @param branch the local branch a familiar finds itself on
 * @param excludes untracked files not to integrate, in {@code .gitignore} syntax
 * @param copies files that are put into every workspace and never recorded, relative paths
 * @param reportOver size in bytes from which a changed file is reported
 * @param omitOver size in bytes from which a changed file is integrated only as a declared output
 */
public record WorkspaceSettings(
    String branch, List<String> excludes, List<String> copies, long reportOver, long omitOver) {
  private static final List<String> EXCLUDES =
      List.of(
          "__pycache__/",
          "*.pyc",
          "node_modules/",
          ".venv/",
          "venv/",
          "target/",
          "build/",
          "dist/",
          ".DS_Store");

  /** The defaults: branch {@code work}, 10 MB, 100 MB. */
  public static final WorkspaceSettings DEFAULT =
      new WorkspaceSettings("work", EXCLUDES, List.of(), 10_000_000, 100_000_000);

  /** Copies the lists. */
  public WorkspaceSettings {
    excludes = List.copyOf(excludes);
    copies = List.copyOf(copies);
  }

  /** The defaults with what a configuration says. */
  public static WorkspaceSettings of(WorkspaceRules rules) {
    return new WorkspaceSettings(
        DEFAULT.branch(),
        rules.excludes().isEmpty() ? DEFAULT.excludes() : rules.excludes(),
        rules.copies(),
        DEFAULT.reportOver(),
        DEFAULT.omitOver());
  }
}
