package io.archmage.share;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.JsonBlobs;
import java.util.List;
import java.util.Optional;

/**
 * Which attempt has a task, written on the remote by compare-and-swap. A higher attempt takes it
 * from a lower one, whose machine sees that and lets go; never the other way round.
 */
public final class TaskToken {

  /**
   * Who has a task.
   *
   * @param attempt the attempt's number
   * @param host the machine it runs on
   * @param merged whether its work is in the run's head
   */
  public record Holder(int attempt, String host, boolean merged) {}

  private record Seen(CommitId blob, Holder holder) {}

  private final GitRepository repository;
  private final Remote remote;
  private final String ref;
  private final JsonBlobs<Holder> holders;

  TaskToken(GitRepository repository, Remote remote, String ref) {
    this.repository = repository;
    this.remote = remote;
    this.ref = ref;
    this.holders = new JsonBlobs<>(repository, Holder.class, ref);
  }

  /** Takes the task for an attempt, again if it has it; empty, or who has it for good. */
  public Optional<Holder> take(int attempt, String host) {
    Holder own = new Holder(attempt, host, false);
    for (int i = 0; i < Remote.RACES; i++) {
      Optional<Seen> seen = look();
      if (seen.isPresent()) {
        Holder holder = seen.get().holder();
        if (holder.attempt() == attempt && holder.host().equals(host)) {
          return Optional.empty();
        }
        if (holder.attempt() >= attempt) {
          return Optional.of(holder);
        }
      }
      RefMove move = new RefMove(ref, holders.write(own), seen.map(Seen::blob));
      if (remote.push(List.of(move)) == Remote.Pushed.DONE) {
        return Optional.empty();
      }
    }
    throw remote.unsettled(ref);
  }

  /** Who took the task from an attempt, empty if nobody has. */
  public Optional<Holder> lostTo(int attempt) {
    return look().map(Seen::holder).filter(holder -> holder.attempt() > attempt);
  }

  /**
   * The move by which the attempt's merge is noted.
   *
   * @throws GitException if a later attempt has the task
   */
  RefMove merged(int attempt) {
    Optional<Seen> seen = look();
    Holder holder =
        seen.map(Seen::holder).orElseGet(() -> new Holder(attempt, "", false));
    if (holder.attempt() > attempt) {
      throw new RemoteRefusedException(
          "attempt %d is not merged: attempt %d on %s has its task now"
              .formatted(attempt, holder.attempt(), holder.host()));
    }
    return new RefMove(
        ref, holders.write(new Holder(attempt, holder.host(), true)), seen.map(Seen::blob));
  }

  private Optional<Seen> look() {
    CommitId there = remote.list(ref).get(ref);
    if (there == null) {
      return Optional.empty();
    }
    if (repository.objects().readBlob(there).isEmpty()) {
      remote.fetch(List.of("+" + ref + ":" + ref));
      there = repository.refs().read(ref).orElse(there);
    }
    return Optional.of(new Seen(there, holders.read(there).orElseThrow()));
  }
}
