package io.archmage.git;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A worktree as git knows it, be it there or not.
 *
 * @param path its directory, or that of a bare repository
 * @param branch the full name of the branch it has checked out, empty if it has none
 * @param bare whether it is the repository itself, without files
 */
public record KnownWorktree(Path path, String branch, boolean bare) {
  private static final String PATH = "worktree ";
  private static final String BRANCH = "branch ";

  /** All of a repository, the main one first. */
  public static List<KnownWorktree> of(GitRepository repository) {
    List<KnownWorktree> worktrees = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (byte[] field : repository.git()
        .run("worktree", "list", "--porcelain", "-z")
        .orThrow()
        .fields()) {
      String line = new String(field, StandardCharsets.UTF_8);
      if (line.isEmpty()) {
        worktrees.add(parse(lines));
        lines.clear();
      } else {
        lines.add(line);
      }
    }
    return worktrees;
  }

  private static KnownWorktree parse(List<String> lines) {
    return new KnownWorktree(
        Path.of(value(lines, PATH)), value(lines, BRANCH), lines.contains("bare"));
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findFirst()
        .orElse("");
  }
}
