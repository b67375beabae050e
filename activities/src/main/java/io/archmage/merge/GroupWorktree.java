package io.archmage.merge;

import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.git.LinkedWorktrees;
import io.archmage.git.NativeGit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The linked worktree below {@code .worktrees} in the user's repository in which people see the
 * branch of a group. Nothing of Archmage's works in it; it is never removed with anything in it
 * that is nowhere else.
 */
public final class GroupWorktree {

  private final GitRepository repository;
  private final String name;

  /**
   * The worktree of a group.
   *
   * @param name the short name of the group's branch, and of the directory
   */
  public GroupWorktree(GitRepository repository, String name) {
    this.repository = repository;
    this.name = name;
  }

  /**
   * Where it is, and what is to be known.
   *
   * @param path empty if there is none
   * @param because why there is none, or why it is still there or as it is
   */
  public record State(Optional<Path> path, Optional<String> because) {
    private static State none(String because) {
      return new State(Optional.empty(), Optional.of(because));
    }
  }

  /** Makes it where it is missing. */
  public State make() {
    return repository.locked(
        () -> {
          try {
            return doMake();
          } catch (IOException e) {
            return State.none("its worktree could not be made: " + e.getMessage());
          }
        });
  }

  private State doMake() throws IOException {
    LinkedWorktrees known = new LinkedWorktrees(repository);
    Optional<Path> main = known.main();
    if (main.isEmpty()) {
      return State.none("a bare repository has no place for worktrees");
    }
    Path folder = main.get().resolve(LinkedWorktrees.FOLDER);
    Path path = folder.resolve(name);
    if (known.registered().containsKey(name) && Files.isDirectory(path)) {
      return new State(Optional.of(path), Optional.empty());
    }
    if (Files.isSymbolicLink(folder)
        || Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
      return State.none(folder + " is no directory of the repository's own; move it away");
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return State.none(path + " is there already and is not the group's");
    }
    exclude();
    GitResult added =
        NativeGit.in(main.get())
            .run("worktree", "add", "-q", "--force", path.toString(), name);
    if (!added.succeeded()) {
      return State.none("git cannot make its worktree: " + added.stderr().strip());
    }
    Step.WORKTREE_MADE.reached();
    return new State(Optional.of(path), Optional.empty());
  }

  /** Keeps git from showing the folder as untracked; a file of the user's is only added to. */
  private void exclude() throws IOException {
    Path file = repository.commonDirectory().resolve("info").resolve("exclude");
    String line = "/" + LinkedWorktrees.FOLDER + "/";
    String text = "";
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException none) {
      Files.createDirectories(file.getParent());
    }
    if (text.lines().noneMatch(line::equals)) {
      String start = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
      Files.writeString(
          file,
          start + line + "\n",
          StandardCharsets.ISO_8859_1,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /** What is there now. */
  public State look() {
    Optional<Path> path = new LinkedWorktrees(repository).place(name).filter(Files::isDirectory);
    return new State(path, Optional.empty());
  }

  /**
   * Shows a merge that conflicts: begins it there, so that git marks what conflicts and a person
   * can edit, add and commit. A worktree that was changed is left alone.
   *
   * @param at where the branch is
   * @param other what does not merge with it
   */
  public State show(CommitId at, CommitId other) {
    State state = look();
    if (state.path().isEmpty()) {
      return state;
    }
    return repository.locked(
        () -> {
          try {
            Checkout checkout = new Checkout(state.path().get());
            boolean ready =
                checkout.changed().isEmpty() && checkout.head().filter(at::equals).isPresent();
            if (ready) {
              // The exit code tells that it conflicts, which is known.
              NativeGit.in(state.path().get())
                  .run("merge", "--no-commit", "--no-ff", "-q", "--no-stat", other.hex());
            }
            return state;
          } catch (IOException e) {
            return new State(state.path(), Optional.of(e.toString()));
          }
        });
  }

  /**
   * Removes it if all that is in it is in that commit, too.
   *
   * @param kept what stays of the group's work
   */
  public State remove(CommitId kept) {
    return repository.locked(
        () -> {
          try {
            return doRemove(kept);
          } catch (IOException e) {
            throw new GitException("cannot remove the worktree of " + name, e);
          }
        });
  }

  private State doRemove(CommitId kept) throws IOException {
    LinkedWorktrees known = new LinkedWorktrees(repository);
    Optional<Path> main = known.main();
    Optional<Path> path = known.place(name);
    if (path.isEmpty() || !known.registered().containsKey(name)) {
      return new State(Optional.empty(), Optional.empty());
    }
    if (Files.isDirectory(path.get())) {
      Checkout checkout = new Checkout(path.get());
      abandonShownMerge(checkout, kept);
      Optional<String> because =
          checkout.changed()
              .or(
                  () -> checkout.head()
                      .filter(head -> !repository.objects().isAncestor(head, kept))
                      .map(
                          head -> "it has commit " + head.abbreviated() + ", which no branch has"));
      if (because.isPresent()) {
        return stays(path.get(), because.get());
      }
    }
    GitResult removed = NativeGit.in(main.get()).run("worktree", "remove", path.get().toString());
    if (!removed.succeeded()) {
      return stays(path.get(), removed.stderr().strip());
    }
    Step.WORKTREE_REMOVED.reached();
    try {
      Files.deleteIfExists(main.get().resolve(LinkedWorktrees.FOLDER));
    } catch (DirectoryNotEmptyException others) {
      return new State(Optional.empty(), Optional.empty());
    }
    return new State(Optional.empty(), Optional.empty());
  }

  private static State stays(Path path, String because) {
    return new State(
        Optional.of(path),
        Optional.of(
            "the worktree " + path + " stays: " + because
                + "; when you need it no more: git worktree remove --force " + path));
  }

  /** A merge that was begun to show a conflict, and in which nobody changed anything. */
  private void abandonShownMerge(Checkout checkout, CommitId kept) {
    NativeGit git = NativeGit.in(checkout.directory());
    GitResult other = git.run("rev-parse", "-q", "--verify", "MERGE_HEAD");
    if (!other.succeeded()
        || !repository.objects().isAncestor(new CommitId(other.text()), kept)) {
      return;
    }
    // Whatever a person did shows in the index, or as a file that the merge did not leave so.
    GitResult asMerged = git.run("diff", "--quiet", "--no-ext-diff", "AUTO_MERGE");
    boolean unresolved = !git.run("ls-files", "-u").orThrow().text().isEmpty();
    if (unresolved && asMerged.succeeded()) {
      git.run("merge", "--abort").orThrow();
    }
  }
}
