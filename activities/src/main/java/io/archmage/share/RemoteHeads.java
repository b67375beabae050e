package io.archmage.share;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RefStore;
import io.archmage.git.RunRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The head of a run that is on a remote; the branch here follows. */
final class RemoteHeads implements RunHeads {

  private final GitRepository repository;
  private final Remote remote;
  private final RunRefs refs;
  private @Nullable TaskToken token;
  private int attempt;

  RemoteHeads(GitRepository repository, Remote remote, RunRefs refs) {
    this.repository = repository;
    this.remote = remote;
    this.refs = refs;
  }

  /** The same that move only while the attempt has its task. */
  RemoteHeads fencedBy(TaskToken held, int number) {
    token = held;
    attempt = number;
    return this;
  }

  /** Compare-and-swap is enough, and nobody should wait for a remote that is away. */
  @Override
  public <T> T alone(Supplier<T> work) {
    return work.get();
  }

  @Override
  public void refresh(String branch, Optional<CommitId> known) {
    requireOwn(branch);
    for (int i = 0; i < Remote.RACES; i++) {
      Optional<CommitId> there = look();
      Optional<CommitId> here = repository.refs().read(refs.branch());
      Optional<CommitId> wanted = wanted(there, here, known);
      if (wanted.isEmpty()) {
        return;
      }
      if (wanted.equals(there) || push(wanted.get(), there)) {
        setAside(here, wanted.get());
        repository.refs().set(refs.branch(), wanted.get());
        return;
      }
    }
    throw remote.unsettled(refs.branch());
  }

  /** Where the branch is there; its commits are here then. */
  private Optional<CommitId> look() {
    CommitId there = remote.list(refs.branch()).get(refs.branch());
    if (there == null) {
      return Optional.empty();
    }
    if (repository.objects().has(there)) {
      return Optional.of(there);
    }
    remote.fetch(List.of("+" + refs.branch() + ":" + refs.remoteHead()));
    return repository.refs().read(refs.remoteHead());
  }

  /** Where the branch should be; empty if there is none yet. */
  private Optional<CommitId> wanted(
      Optional<CommitId> there, Optional<CommitId> here, Optional<CommitId> known) {
    Optional<CommitId> best = there;
    if (known.isPresent() && isBehind(best, known.get())) {
      best = known;
    }
    if (best.isPresent()
        && known.isPresent()
        && !repository.objects().isAncestor(known.get(), best.get())) {
      throw new GitException(
          ("somebody moved %s of the remote %s to %s, which lacks the run's work; put it back:"
              + " git push --force %s %s:%s")
              .formatted(
                  refs.branch(), remote.title(), best.get(), remote.name(), known.get(),
                  refs.branch()),
          null);
    }
    return here.isPresent() && isBehind(best, here.get()) ? here : best;
  }

  /** Whether the commit has all that the head has, and more. */
  private boolean isBehind(Optional<CommitId> head, CommitId commit) {
    return head.isEmpty()
        || !head.get().equals(commit) && repository.objects().isAncestor(head.get(), commit);
  }

  private boolean push(CommitId to, Optional<CommitId> from) {
    return remote.push(List.of(new RefMove(refs.branch(), to, from))) == Remote.Pushed.DONE;
  }

  /** What somebody committed to the branch here alone, while it moved elsewhere, stays. */
  private void setAside(Optional<CommitId> here, CommitId head) {
    if (here.isPresent() && !repository.objects().isAncestor(here.get(), head)) {
      repository.refs().create(refs.aside(here.get()), here.get());
    }
  }

  @Override
  public RefStore.Change advance(String branch, CommitId next, CommitId head) {
    requireOwn(branch);
    List<RefMove> moves = new ArrayList<>();
    moves.add(new RefMove(refs.branch(), next, Optional.of(head)));
    if (token != null) {
      moves.add(token.merged(attempt));
    }
    if (remote.push(moves) == Remote.Pushed.STALE) {
      if (look().equals(Optional.of(head)) && isStill(moves)) {
        throw remote.unsettled(refs.branch());
      }
      return RefStore.Change.LOST;
    }
    // If somebody moved the branch here meanwhile, the next look brings both together.
    repository.refs().update(refs.branch(), next, head);
    return RefStore.Change.DONE;
  }

  private boolean isStill(List<RefMove> moves) {
    return token == null || token.merged(attempt).equals(moves.getLast());
  }

  /** Branches of groups are on one machine. */
  private void requireOwn(String branch) {
    if (!branch.equals(refs.branch())) {
      throw new IllegalArgumentException(branch + " is not shared with other machines");
    }
  }
}
