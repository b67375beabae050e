package io.archmage.prepare;

import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * What a repository has of one group of a run.
 *
 * @param claimRef the ref that says so
 * @param claim which branch it has
 * @param branch where that branch is, or null if it is gone
 * @param kept where it was when it was put away, or null if it never was
 */
public record GroupRecord(
    String claimRef, GroupClaims.Claim claim, @Nullable CommitId branch, @Nullable CommitId kept) {

  /** The full name of its branch. */
  public String branchRef() {
    return Constants.R_HEADS + claim.name();
  }

  /** Where its work is, as far as a ref says so. */
  public Optional<CommitId> head() {
    return Optional.ofNullable(branch != null ? branch : kept);
  }

  /** The groups of a run, as far as they can be read. */
  public static List<GroupRecord> of(GitRepository repository, RunRecord run) {
    List<GroupRecord> groups = new ArrayList<>();
    String prefix = run.prefix() + RunRefs.GROUPS;
    run.refs()
        .subMap(prefix, prefix + Character.MAX_VALUE)
        .forEach(
            (ref, object) -> {
              if (ref.endsWith(RunRefs.CLAIM)) {
                claim(repository, object)
                    .ifPresent(claim -> groups.add(group(repository, run, ref, claim)));
              }
            });
    return groups;
  }

  private static GroupRecord group(
      GitRepository repository, RunRecord run, String ref, GroupClaims.Claim claim) {
    String place = ref.substring(0, ref.length() - RunRefs.CLAIM.length());
    return new GroupRecord(
        ref,
        claim,
        repository.branch(claim.name()).orElse(null),
        run.refs().get(place + RunRefs.GROUP_HEAD));
  }

  /** Somebody else may have put anything there. */
  private static Optional<GroupClaims.Claim> claim(GitRepository repository, CommitId blob) {
    try {
      return new GroupClaims(repository).at(blob);
    } catch (GitException unreadable) {
      return Optional.empty();
    }
  }
}
