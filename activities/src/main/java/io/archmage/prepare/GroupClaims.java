package io.archmage.prepare;

import io.archmage.contract.PreparedGroup;
import io.archmage.contract.RunKey;
import io.archmage.contract.Wire;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.git.JsonBlobs;
import io.archmage.git.LinkedWorktrees;
import io.archmage.git.RunRefs;
import io.archmage.plan.GroupName;
import io.archmage.plan.TaskGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Gives the groups of a run their branches. A name that a branch or a directory has already gets
 * the run's, so that nothing of anybody else's is ever moved or removed.
 */
public final class GroupClaims {

  /**
   * What the claim's ref holds.
   *
   * @param group what the plan calls the group
   * @param name the short name of its branch
   */
  @Wire
  public record Claim(String group, String name) {}

  private final GitRepository repository;
  private final JsonBlobs<Claim> claims;

  /** Claims in that repository. */
  public GroupClaims(GitRepository repository) {
    this.repository = repository;
    this.claims = new JsonBlobs<>(repository, Claim.class, "the claim of a group");
  }

  /**
   * Makes the branches; a repeat gets those of the first time, wherever they are by then.
   *
   * @param base where they begin
   * @param recovers the name of the lost run whose branches are taken over as they are, or null
   */
  public List<PreparedGroup> claim(
      RunKey run, List<TaskGroup> groups, CommitId base, @Nullable String recovers) {
    List<PreparedGroup> prepared = new ArrayList<>();
    RunRefs refs = new RunRefs(run.name());
    for (TaskGroup group : groups) {
      Optional<Claim> claim = of(refs, group.id());
      if (claim.isEmpty() && recovers != null) {
        claim = takenOver(refs, new RunRefs(recovers), group);
      }
      String name =
          claim.isPresent() ? claim.get().name() : create(run, refs, group, base);
      CommitId head = repository.branch(name).orElse(base);
      prepared.add(
          new PreparedGroup(
              group.id(),
              group.title(),
              group.kind() == TaskGroup.Kind.EPIC,
              name,
              head.hex()));
    }
    return prepared;
  }

  /** Which branch a group of a run has; empty if it never had one. */
  public Optional<Claim> of(RunRefs refs, String group) {
    return repository.refs().read(refs.groupClaim(group)).flatMap(this::at);
  }

  /** The claim that an object is. */
  public Optional<Claim> at(CommitId blob) {
    return claims.read(blob);
  }

  private Optional<Claim> takenOver(RunRefs refs, RunRefs lost, TaskGroup group) {
    Optional<Claim> claim =
        of(lost, group.id()).filter(found -> repository.branch(found.name()).isPresent());
    claim.ifPresent(
        found -> repository.refs().create(refs.groupClaim(group.id()), claims.write(found)));
    return claim;
  }

  private String create(RunKey run, RunRefs refs, TaskGroup group, CommitId base) {
    String plain = GroupName.of(group);
    for (int number = 1;; number++) {
      String name =
          number == 1
              ? plain
              : GroupName.with(
                  plain, RunRefs.escape(run.name()) + (number == 2 ? "" : "-" + (number - 1)));
      if (isFree(name) && create(refs, new Claim(group.id(), name), base)) {
        return name;
      }
      Optional<Claim> other = of(refs, group.id());
      if (other.isPresent()) {
        return other.get().name();
      }
    }
  }

  private boolean isFree(String name) {
    return repository.branch(name).isEmpty()
        && repository.refs().list(Constants.R_HEADS + name + "/").isEmpty()
        && new LinkedWorktrees(repository)
            .place(name)
            .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
            .isEmpty();
  }

  /** Both at once: a branch without its claim would be nobody's. */
  private boolean create(RunRefs refs, Claim claim, CommitId base) {
    String commands =
        "create " + Constants.R_HEADS + claim.name() + "\0" + base + "\0" + "create "
            + refs.groupClaim(claim.group()) + "\0" + claims.write(claim) + "\0";
    GitResult result =
        repository.locked(
            () -> repository.git()
                .run(
                    List.of("update-ref", "--no-deref", "-z", "--stdin"),
                    commands.getBytes(StandardCharsets.UTF_8)));
    if (!result.succeeded()
        && repository.branch(claim.name()).isEmpty()
        && of(refs, claim.group()).isEmpty()) {
      throw new GitException(result);
    }
    return result.succeeded();
  }
}
