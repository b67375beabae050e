package io.archmage.workspace;

import java.util.List;

/**
 * How workspaces are made and read.
 *
 * @param branch the local branch a familiar finds itself on
 * @param excludes untracked files not to integrate, in {@code .gitignore} syntax
 * @param reportOver size in bytes from which a changed file is reported
 * @param omitOver size in bytes from which a changed file is integrated only as a declared output
 */
public record WorkspaceSettings(
    String branch, List<String> excludes, long reportOver, long omitOver) {
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
      new WorkspaceSettings("work", EXCLUDES, 10_000_000, 100_000_000);

  /** Copies the list. */
  public WorkspaceSettings {
    excludes = List.copyOf(excludes);
  }
}
