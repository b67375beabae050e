package io.archmage.merge;

import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.KnownWorktree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;

/** The user's worktrees, as far as they have to do with one branch. */
public final class Checkouts {
  private final GitRepository repository;
  private final List<KnownWorktree> worktrees;

  /** The worktrees of that repository, as they are now. */
  public Checkouts(GitRepository repository) {
    this.repository = repository;
    this.worktrees =
        KnownWorktree.of(repository).stream().filter(worktree -> !worktree.bare()).toList();
  }

  /** Returns why the branch must not move, seen from all worktrees. */
  Optional<String> obstacle(String ref) throws IOException {
    for (Path directory : gitDirectories()) {
      for (String name : List.of("rebase-merge/head-name", "rebase-apply/head-name")) {
        if (read(directory.resolve(name)).equals(ref)) {
          return Optional.of("a rebase of it is under way in " + directory);
        }
      }
      String bisected = read(directory.resolve("BISECT_START"));
      if (!bisected.isEmpty() && ref.equals(Constants.R_HEADS + bisected)) {
        return Optional.of("a bisect that began on it is under way in " + directory);
      }
    }
    List<KnownWorktree> with = with(ref);
    if (with.size() > 1) {
      return Optional.of("%d worktrees have it checked out".formatted(with.size()));
    }
    for (KnownWorktree worktree : with) {
      if (!Files.isDirectory(worktree.path())) {
        return Optional.of(
            "the worktree %s has it checked out but is not there; if it is gone for good: "
                .formatted(worktree.path())
                + "git worktree prune");
      }
    }
    return Optional.empty();
  }

  /** Returns why the branch must not be removed, seen from all worktrees. */
  public Optional<String> use(String ref) {
    List<KnownWorktree> with = with(ref);
    if (!with.isEmpty()) {
      return Optional.of("its branch is checked out in " + with.getFirst().path());
    }
    try {
      return obstacle(ref);
    } catch (IOException e) {
      throw new GitException("cannot look at the worktrees of " + ref, e);
    }
  }

  /** Returns the worktree that has the branch checked out; there is at most one. */
  Optional<Checkout> of(String ref) {
    return with(ref).stream().findFirst().map(worktree -> new Checkout(worktree.path()));
  }

  private List<KnownWorktree> with(String ref) {
    return worktrees.stream().filter(worktree -> worktree.branch().equals(ref)).toList();
  }

  private List<Path> gitDirectories() throws IOException {
    List<Path> directories = new ArrayList<>(List.of(repository.commonDirectory()));
    Path linked = repository.commonDirectory().resolve("worktrees");
    if (Files.isDirectory(linked)) {
      try (Stream<Path> entries = Files.list(linked)) {
        entries.sorted().forEach(directories::add);
      }
    }
    return directories;
  }

  private static String read(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? Files.readString(file, StandardCharsets.UTF_8).strip()
        : "";
  }
}
