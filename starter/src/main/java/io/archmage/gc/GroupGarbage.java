package io.archmage.gc;

import io.archmage.git.CommitId;
import io.archmage.git.FirstParents;
import io.archmage.git.GitRepository;
import io.archmage.git.LinkedWorktrees;
import io.archmage.git.RefRemoval;
import io.archmage.git.RunRefs;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.GroupMerge;
import io.archmage.merge.GroupWorktree;
import io.archmage.prepare.GroupRecord;
import io.archmage.prepare.RunRecord;
import io.archmage.prepare.RunRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Removes worktrees and branches of groups whose run has ended: only what is on the run's branch or
 * on another one, and no worktree with anything in it that is nowhere else.
 */
final class GroupGarbage {

  private final GitRepository repository;
  private final GcRequest request;
  private final RunEnds ends;

  GroupGarbage(GitRepository repository, GcRequest request, RunEnds ends) {
    this.repository = repository;
    this.request = request;
    this.ends = ends;
  }

  List<GcItem> collect() {
    List<GcItem> items = new ArrayList<>();
    Map<String, Path> worktrees = new LinkedWorktrees(repository).registered();
    for (RunRecord run : new RunRecords(repository).all()) {
      if (ends.of(run) instanceof RunEnds.End.Ended ended && request.isOld(ended.at())) {
        GroupRecord.of(repository, run)
            .forEach(
                group -> collect(
                    run, group, Optional.ofNullable(worktrees.get(group.claim().name())), items));
      }
    }
    return items;
  }

  private void collect(
      RunRecord run, GroupRecord group, Optional<Path> worktree, List<GcItem> items) {
    if (worktree.isEmpty() && group.branch() == null) {
      return;
    }
    String what = group.branch() == null ? worktree.orElseThrow().toString() : group.branchRef();
    CommitId head = group.head().orElse(null);
    Map<String, CommitId> witnesses = head == null ? Map.of() : witnesses(run, group, head);
    if (head == null || witnesses.isEmpty()) {
      items.add(
          kept(
              run,
              what,
              "no other branch has the work of group " + group.claim().group()
                  + "; merge it, or remove its worktree and delete the branch"));
      return;
    }
    if (!request.dryRun()) {
      Optional<String> stays =
          new GroupWorktree(repository, group.claim().name()).remove(head).because();
      if (stays.isPresent()) {
        items.add(kept(run, what, stays.get()));
        return;
      }
      Optional<String> failure =
          group.branch() == null
              ? Optional.empty()
              : new RefRemoval(repository).remove(Map.of(group.branchRef(), head), witnesses);
      if (failure.isPresent()) {
        items.add(kept(run, what, "something changed meanwhile; try again: " + failure.get()));
        return;
      }
    }
    items.add(
        GcItem.removed(
            GcItem.Kind.REFS,
            what,
            run.name(),
            1,
            0,
            "the work of group " + group.claim().group() + " is in "
                + witnesses.keySet().iterator().next()));
  }

  private static GcItem kept(RunRecord run, String what, String because) {
    return GcItem.kept(GcItem.Kind.REFS, what, run.name(), 1, 0, because);
  }

  /** A ref that has the work without the group's branch: the run's own, or one of the user's. */
  private Map<String, CommitId> witnesses(RunRecord run, GroupRecord group, CommitId head) {
    CommitId own = run.head();
    if (own != null
        && (repository.objects().isAncestor(head, own) || isSquashedInto(own, run, head))) {
      return Map.of(run.branch(), own);
    }
    for (String prefix : RefGarbage.LASTING) {
      for (Map.Entry<String, CommitId> ref : repository.refs().list(prefix).entrySet()) {
        boolean elsewhere =
            !ref.getKey().equals(group.branchRef())
                && !ref.getKey().startsWith(RunRefs.BRANCHES)
                && Reachability.commit(repository, ref.getValue())
                    .filter(commit -> repository.objects().isAncestor(head, CommitId.of(commit)))
                    .isPresent();
        if (elsewhere) {
          return new TreeMap<>(Map.of(ref.getKey(), ref.getValue()));
        }
      }
    }
    return Map.of();
  }

  private boolean isSquashedInto(CommitId own, RunRecord run, CommitId head) {
    CommitId base = new CommitId(Objects.requireNonNull(run.claim()).base());
    return new FirstParents(repository)
        .find(
            own,
            commit -> commit.name().equals(base.hex()),
            commit -> TaskTrailers.values(commit.getFullMessage()).containsKey(GroupMerge.GROUP)
                && GroupMerge.head(commit.getFullMessage()).filter(head::equals).isPresent())
        .isPresent();
  }
}
