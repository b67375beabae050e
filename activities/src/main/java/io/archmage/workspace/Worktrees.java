package io.archmage.workspace;

import io.archmage.git.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the directories where the user has a repository checked out. */
final class Worktrees {
  private static final String KEY = "worktree ";

  private Worktrees() {}

  static List<Path> of(GitRepository repository) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (byte[] field : repository.git()
        .run("worktree", "list", "--porcelain", "-z")
        .orThrow()
        .fields()) {
      String line = new String(field, StandardCharsets.UTF_8);
      if (line.startsWith(KEY)) {
        Path path = Path.of(line.substring(KEY.length()));
        if (Files.isDirectory(path)) {
          paths.add(path.toRealPath());
        }
      }
    }
    return paths;
  }
}
