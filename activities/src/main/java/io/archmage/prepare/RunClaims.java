package io.archmage.prepare;

import io.archmage.contract.RunKey;
import io.archmage.contract.RunOptions;
import io.archmage.contract.Wire;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.JsonBlobs;
import io.archmage.git.RefStore;
import io.archmage.git.RunRefs;
import io.archmage.share.RunShare;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives each run a name in its repository that no other execution has: the ref {@code
 * refs/archmage/<run>/run} is created once and says whose it is.
 */
public final class RunClaims {

  /**
   * What the claim's ref holds.
   *
   * @param runId the workflow id
   * @param execution the first execution's run id
   * @param base the commit that the run starts from
   * @param target the branch to publish to, or null
   * @param options what the run was started with; null if an earlier version claimed it
   * @param recovers the name in the repository of the lost run that it goes on with, or null
   */
  @Wire
  public record Claim(
      String runId,
      String execution,
      String base,
      @Nullable String target,
      @Nullable RunOptions options,
      @Nullable String recovers) {}

  /**
   * A claim that holds.
   *
   * @param run the run with its name in the repository
   * @param claim as stored; a repeat gets the base of the first time
   */
  public record Held(RunKey run, Claim claim) {}

  private final GitRepository repository;
  private final RunShare share;
  private final JsonBlobs<Claim> claims;

  /** Claims in that repository. */
  public RunClaims(GitRepository repository) {
    this(repository, new RunShare.Nothing(repository));
  }

  /** Claims that hold for other machines, too. */
  public RunClaims(GitRepository repository, RunShare share) {
    this.repository = repository;
    this.share = share;
    this.claims = new JsonBlobs<>(repository, Claim.class, "a claim");
  }

  /** Claims the run's own name, or that with {@code .2}, {@code .3}… where another has it. */
  public Held claim(Claim wanted) {
    for (int number = 1;; number++) {
      String name = number == 1 ? wanted.runId() : wanted.runId() + "." + number;
      RunRefs refs = new RunRefs(name);
      boolean free = share.isFree(refs);
      Optional<Claim> holder = holder(refs);
      if (holder.isEmpty() && free && isFree(refs)) {
        holder = create(refs, wanted) ? Optional.of(wanted) : holder(refs);
      }
      if (holder.isPresent()
          && holder.get().execution().equals(wanted.execution())
          && share.claim(refs)) {
        Held held =
            new Held(new RunKey(wanted.runId(), wanted.execution(), name), holder.get());
        makeBranch(refs, new CommitId(held.claim().base()));
        return held;
      }
    }
  }

  /** Who holds that name, empty if nobody does. */
  public Optional<Claim> holder(RunRefs refs) {
    return repository.refs().read(refs.runRef()).flatMap(this::at);
  }

  /** The claim that an object is, empty if there is no such object. */
  Optional<Claim> at(CommitId blob) {
    return claims.read(blob);
  }

  /** Neither that branch nor one below it, which would leave no room for it. */
  private boolean isFree(RunRefs refs) {
    return repository.refs().read(refs.branch()).isEmpty()
        && repository.refs().list(refs.branch() + "/").isEmpty();
  }

  private boolean create(RunRefs refs, Claim claim) {
    return repository.refs().create(refs.runRef(), claims.write(claim)) == RefStore.Change.DONE;
  }

  private void makeBranch(RunRefs refs, CommitId base) {
    repository.refs().create(refs.base(), base);
    repository.refs().create(refs.branch(), base);
  }
}
