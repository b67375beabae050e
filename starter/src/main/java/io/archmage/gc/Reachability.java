package io.archmage.gc;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/** Which commits refs that stay lead to. Refs that are no commits lead to none. */
final class Reachability {

  private final GitRepository repository;
  private final Map<String, CommitId> staying = new LinkedHashMap<>();

  Reachability(GitRepository repository) {
    this.repository = repository;
  }

  /** One more ref that stays. */
  void stays(String ref, CommitId object) {
    staying.put(ref, object);
  }

  /** The commit that an object is, or that it is a tag of; empty if it is no commit. */
  static Optional<RevCommit> commit(GitRepository repository, CommitId object) {
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      RevObject peeled = walk.peel(walk.parseAny(object.objectId()));
      return peeled instanceof RevCommit found ? Optional.of(found) : Optional.empty();
    } catch (MissingObjectException pruned) {
      return Optional.empty();
    } catch (IOException e) {
      throw new GitException("cannot read " + object, e);
    }
  }

  /** Those of these commits that no ref which stays leads to; when in doubt a commit is one. */
  SortedSet<String> unreached(Collection<CommitId> commits) {
    SortedSet<String> unreached = new TreeSet<>();
    SortedSet<String> asked = new TreeSet<>();
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      for (CommitId commit : commits) {
        walk.markStart(walk.parseCommit(commit.objectId()));
        asked.add(commit.hex());
      }
      for (CommitId root : staying.values()) {
        Optional<RevCommit> found = commit(repository, root);
        if (found.isPresent()) {
          walk.markUninteresting(walk.parseCommit(found.get()));
        }
      }
      for (RevCommit commit : walk) {
        if (asked.contains(commit.name())) {
          unreached.add(commit.name());
        }
      }
    } catch (IOException e) {
      throw new GitException("cannot walk the history", e);
    }
    return unreached;
  }

  /** A ref that stays and leads to the commit, one of {@code first} if any does. */
  Optional<String> witness(CommitId commit, Collection<String> first) {
    for (String ref : first) {
      if (leads(ref, commit)) {
        return Optional.of(ref);
      }
    }
    return staying.keySet().stream().filter(ref -> leads(ref, commit)).findFirst();
  }

  /** Where a ref that stays was seen. */
  CommitId seen(String ref) {
    return Optional.ofNullable(staying.get(ref)).orElseThrow();
  }

  private boolean leads(String ref, CommitId commit) {
    return Optional.ofNullable(staying.get(ref))
        .flatMap(object -> commit(repository, object))
        .filter(root -> repository.objects().isAncestor(commit, CommitId.of(root)))
        .isPresent();
  }
}
