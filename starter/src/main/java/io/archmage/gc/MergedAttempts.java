package io.archmage.gc;

import io.archmage.git.CommitId;
import io.archmage.git.FirstParents;
import io.archmage.git.GitRepository;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.GroupMerge;
import io.archmage.prepare.RunClaims;
import io.archmage.prepare.RunRecord;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.revwalk.RevCommit;

/** Whose work is on a run's branch though the commit itself is not, or which has none. */
final class MergedAttempts {

  private static final Pattern OF_ATTEMPT = Pattern.compile("attempts/([^/]+/[1-9][0-9]*)(/own)?");
  private static final Pattern OF_CONFLICT = Pattern.compile("conflicts/([^/]+)/(ours|theirs)");

  private final GitRepository repository;
  private final RunRecord run;
  private final SortedSet<String> attempts = new TreeSet<>();
  private final SortedSet<String> groups = new TreeSet<>();

  MergedAttempts(GitRepository repository, RunRecord run) {
    this.repository = repository;
    this.run = run;
    if (run.head() != null && run.claim() != null) {
      collect(run.head(), run.claim());
    }
  }

  /** Whether a ref, by its name below the run's, holds nothing that is not merged or elsewhere. */
  boolean has(String ref, CommitId commit) {
    Matcher attempt = OF_ATTEMPT.matcher(ref);
    if (attempt.matches()) {
      return attempts.contains(attempt.group(1)) || isEmpty(commit);
    }
    if (ref.startsWith(RunRefs.GROUPS)) {
      return groups.contains(commit.hex());
    }
    Matcher conflict = OF_CONFLICT.matcher(ref);
    return conflict.matches()
        && (isEmpty(commit)
            || attempts.stream().anyMatch(known -> known.startsWith(conflict.group(1) + "/"))
            || run.refs()
                .entrySet()
                .stream()
                .anyMatch(
                    other -> other.getKey().startsWith(run.prefix() + "attempts/")
                        && other.getValue().equals(commit)));
  }

  private void collect(CommitId head, RunClaims.Claim claim) {
    new FirstParents(repository)
        .forEach(
            head,
            new CommitId(claim.base()),
            commit -> {
              group(commit, claim);
              TaskTrailers.parse(commit.getFullMessage())
                  .filter(found -> found.execution().equals(claim.execution()))
                  .ifPresent(
                      found -> attempts.add(
                          RunRefs.escape(found.task()) + "/" + found.attempt()));
            });
  }

  /** A squashed group's branch is in its run though git cannot see it. */
  private void group(RevCommit commit, RunClaims.Claim claim) {
    Map<String, String> values = TaskTrailers.values(commit.getFullMessage());
    if (values.containsKey(GroupMerge.GROUP)
        && claim.execution().equals(values.get("Execution"))) {
      GroupMerge.head(commit.getFullMessage())
          .filter(head -> groups.add(head.hex()))
          .filter(repository.objects()::has)
          .ifPresent(head -> collect(head, claim));
    }
  }

  /** Whether it has the same files as the commit before it. */
  private boolean isEmpty(CommitId commit) {
    Optional<RevCommit> found = Reachability.commit(repository, commit);
    return found.isPresent()
        && found.get().getParentCount() == 1
        && repository
            .objects()
            .treeOf(CommitId.of(found.get().getParent(0)))
            .equals(CommitId.of(found.get().getTree()));
  }
}
