package io.archmage.git;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** A branch's own commits: along first parents, the newest first. */
public final class FirstParents {
  private static final int FARTHEST = 100_000;

  private final GitRepository repository;

  /** Walks branches of that repository. */
  public FirstParents(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * Returns the newest commit that passes {@code test}; the walk ends before {@code end}, and after
   * {@value #FARTHEST} commits.
   */
  public Optional<RevCommit> find(
      CommitId head, Predicate<RevCommit> end, Predicate<RevCommit> test) {
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      RevCommit commit = walk.parseCommit(head.objectId());
      for (int i = 0; i < FARTHEST && !end.test(commit); i++) {
        walk.parseBody(commit);
        if (test.test(commit)) {
          return Optional.of(commit);
        }
        if (commit.getParentCount() == 0) {
          return Optional.empty();
        }
        commit = walk.parseCommit(commit.getParent(0));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new GitException("cannot read the history of " + head, e);
    }
  }

  /** Shows each commit, with its message, to {@code action}; the walk ends before {@code end}. */
  public void forEach(CommitId head, CommitId end, Consumer<RevCommit> action) {
    find(
        head,
        commit -> commit.name().equals(end.hex()),
        commit -> {
          action.accept(commit);
          return false;
        });
  }
}
