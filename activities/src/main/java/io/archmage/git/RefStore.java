package io.archmage.git;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * Refs that change only by compare-and-swap; safe between threads and processes.
 *
 * <p>A lock another process holds for a moment is waited for; one that stays is removed if it is on
 * a ref of Archmage's own and its owner is dead, else an error which names the file, because only a
 * person can tell a slow owner from a dead one.
 */
public final class RefStore {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What became of a requested change. */
  public enum Change {
    /** The ref was changed. */
    DONE,
    /** The ref already was as requested; also the answer to a repeat. */
    ALREADY,
    /** The ref is neither as expected nor as requested; nothing was changed. */
    LOST
  }

  private final GitRepository repository;
  private final Duration patience;

  RefStore(GitRepository repository) {
    this(repository, PATIENCE);
  }

  RefStore(GitRepository repository, Duration patience) {
    this.repository = repository;
    this.patience = patience;
  }

  /** Returns the object a ref names, by its full name; not peeled. */
  public Optional<CommitId> read(String ref) {
    try {
      Ref found = repository.jgit().getRefDatabase().exactRef(ref);
      return found == null || found.getObjectId() == null
          ? Optional.empty()
          : Optional.of(CommitId.of(found.getObjectId()));
    } catch (IOException e) {
      throw new GitException("cannot read " + ref, e);
    }
  }

  /** Returns all refs whose full names begin with {@code prefix}, in the order of their names. */
  public Map<String, CommitId> list(String prefix) {
    try {
      Map<String, CommitId> refs = new LinkedHashMap<>();
      repository.jgit()
          .getRefDatabase()
          .getRefsByPrefix(prefix)
          .stream()
          .filter(ref -> ref.getObjectId() != null)
          .sorted((a, b) -> a.getName().compareTo(b.getName()))
          .forEach(ref -> refs.put(ref.getName(), CommitId.of(ref.getObjectId())));
      return refs;
    } catch (IOException e) {
      throw new GitException("cannot list refs below " + prefix, e);
    }
  }

  /** Creates a ref that must not exist. */
  public Change create(String ref, CommitId value) {
    return change(ref, Optional.empty(), Optional.of(value));
  }

  /** Moves a ref that must be at {@code expected}, forwards or not. */
  public Change update(String ref, CommitId value, CommitId expected) {
    return change(ref, Optional.of(expected), Optional.of(value));
  }

  /** Deletes a ref that must be at {@code expected}. */
  public Change delete(String ref, CommitId expected) {
    return change(ref, Optional.of(expected), Optional.empty());
  }

  /**
   * Points a ref at a commit, wherever it was before.
   *
   * @throws GitException if somebody else keeps changing it
   */
  public void set(String ref, CommitId value) {
    Optional<CommitId> present = read(ref);
    Change change =
        present.isEmpty() ? create(ref, value) : update(ref, value, present.get());
    if (change == Change.LOST) {
      throw new GitException(ref + " is being changed by somebody else", null);
    }
  }

  private Change change(String ref, Optional<CommitId> expected, Optional<CommitId> value) {
    if (!Repository.isValidRefName(ref)) {
      throw new IllegalArgumentException("not a valid ref name: " + ref);
    }
    return repository.locked(() -> attempt(ref, expected, value));
  }

  private Change attempt(String ref, Optional<CommitId> expected, Optional<CommitId> value) {
    long end = System.nanoTime() + patience.toNanos();
    boolean removed = false;
    for (long pause = 1;; pause = Math.min(2 * pause, 200)) {
      Optional<CommitId> current = read(ref);
      if (current.equals(value)) {
        return Change.ALREADY;
      }
      if (!current.equals(expected)) {
        return Change.LOST;
      }
      RefUpdate.Result result = once(ref, expected, value);
      switch (result) {
        case NEW, FAST_FORWARD, FORCED, NO_CHANGE, RENAMED -> {
          return Change.DONE;
        }
        case LOCK_FAILURE -> {
          if (System.nanoTime() > end) {
            if (!removed && isOwn(ref) && isLeftBehind(ref)) {
              removed = true;
              continue;
            }
            throw new GitException(
                "%s stays locked; if no git process runs in %s, delete %s.lock there"
                    .formatted(ref, repository.commonDirectory(), ref),
                null);
          }
          // The owner is another process; nothing but looking again tells when it is done.
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
        case REJECTED,
            REJECTED_CURRENT_BRANCH,
            REJECTED_MISSING_OBJECT,
            REJECTED_OTHER_REASON,
            IO_FAILURE,
            NOT_ATTEMPTED ->
          throw new GitException("cannot change %s: %s".formatted(ref, result), null);
      }
    }
  }

  private static boolean isOwn(String ref) {
    return ref.startsWith(RunRefs.ROOT) || ref.startsWith(RunRefs.BRANCHES);
  }

  private boolean isLeftBehind(String ref) {
    return new StaleLock(repository.commonDirectory(), ref).remove();
  }

  private RefUpdate.Result once(
      String ref, Optional<CommitId> expected, Optional<CommitId> value) {
    try {
      RefUpdate update = repository.jgit().updateRef(ref, true);
      update.setExpectedOldObjectId(expected.map(CommitId::objectId).orElse(ObjectId.zeroId()));
      update.setRefLogIdent(
          new PersonIdent(Identity.ARCHMAGE.name(), Identity.ARCHMAGE.email()));
      update.setRefLogMessage("archmage", false);
      update.setForceUpdate(true);
      if (value.isEmpty()) {
        return update.delete();
      }
      update.setNewObjectId(value.get().objectId());
      return update.update();
    } catch (IOException e) {
      throw new GitException("cannot change " + ref + " in " + repository.commonDirectory(), e);
    }
  }
}
