package io.archmage.git;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The worktrees below {@value #FOLDER} in the user's repository, as git knows them. */
public final class LinkedWorktrees {

  /** The directory of all of them, at the top of the main worktree. */
  public static final String FOLDER = ".worktrees";

  private final GitRepository repository;
  private final @Nullable Path main;
  private final Map<String, Path> below = new TreeMap<>();

  /** The worktrees of that repository, as they are now. */
  public LinkedWorktrees(GitRepository repository) {
    this.repository = repository;
    Path first = null;
    boolean bare = false;
    for (byte[] field : repository.git()
        .run("worktree", "list", "--porcelain", "-z")
        .orThrow()
        .fields()) {
      String line = new String(field, StandardCharsets.UTF_8);
      if (line.startsWith("worktree ")) {
        Path path = Path.of(line.substring("worktree ".length()));
        if (first == null) {
          first = path;
        } else if (first.resolve(FOLDER).equals(path.getParent())) {
          below.put(path.getFileName().toString(), path);
        }
      }
      bare |= line.equals("bare");
    }
    main = bare ? null : first;
  }

  /** The user's own checkout, of which all others are linked; empty in a bare repository. */
  public Optional<Path> main() {
    return Optional.ofNullable(main);
  }

  /** Those that git knows, by their names, be they gone or not. */
  public Map<String, Path> registered() {
    return new TreeMap<>(below);
  }

  /** Where one of that name is or would be; empty in a bare repository. */
  public Optional<Path> place(String name) {
    return main().map(top -> top.resolve(FOLDER).resolve(name));
  }

  /** Lets git forget one whose directory is gone. */
  public void forget(Path gone) {
    repository.locked(
        () -> repository.git().run("worktree", "remove", gone.toString()).orThrow());
  }
}
