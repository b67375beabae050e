package io.archmage.git;

import java.nio.file.Path;
import java.util.List;
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
    List<KnownWorktree> all = KnownWorktree.of(repository);
    KnownWorktree first = all.getFirst();
    this.main = all.stream().anyMatch(KnownWorktree::bare) ? null : first.path();
    for (KnownWorktree linked : all.subList(1, all.size())) {
      if (first.path().resolve(FOLDER).equals(linked.path().getParent())) {
        below.put(linked.path().getFileName().toString(), linked.path());
      }
    }
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
