package io.archmage.host;

import io.archmage.contract.BringRequest;
import io.archmage.contract.BringResult;
import io.archmage.contract.GroupMergeRequest;
import io.archmage.contract.GroupMergeResult;
import io.archmage.contract.IntegrationResult;
import io.archmage.contract.RunKey;
import io.archmage.contract.WorktreeState;
import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RefRemoval;
import io.archmage.git.RunRefs;
import io.archmage.merge.Bringing;
import io.archmage.merge.Checkouts;
import io.archmage.merge.GroupMerge;
import io.archmage.merge.GroupMerger;
import io.archmage.merge.GroupWork;
import io.archmage.merge.GroupWorktree;
import io.archmage.merge.MergeOutcome;
import io.archmage.prepare.StoredPlan;
import io.archmage.project.Project;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says in the words of {@code io.archmage.merge} what the branches of groups are to get. */
final class Grouping {

  private final GitRepository repository;
  private final RunKey run;
  private final RunRefs refs;

  Grouping(Project project, RunKey run) {
    this.repository = project.repository();
    this.run = run;
    this.refs = Merging.refs(run);
  }

  BringResult bring(BringRequest request) {
    String group = request.group();
    String branch = refs.branchOf(group);
    Map<String, CommitId> works = new LinkedHashMap<>();
    request.works().forEach(work -> works.put(work.task(), new CommitId(work.commit())));
    Bringing.Outcome outcome =
        new Bringing(repository, work())
            .bring(branch, new CommitId(request.knownHead()), works, request.linear());
    WorktreeState worktree =
        group == null ? null : state(new GroupWorktree(repository, group).make());
    return switch (outcome) {
      case Bringing.Outcome.Brought brought ->
        new BringResult.Brought(brought.head().hex(), worktree);
      case Bringing.Outcome.Blocked blocked ->
        new BringResult.Blocked(
            blocked.head().hex(),
            blocked.task(),
            blocked.conflicts().stream().map(Merging::conflict).toList(),
            worktree);
    };
  }

  GroupMergeResult merge(GroupMergeRequest request) {
    String name = request.group().name();
    GroupWorktree worktree = new GroupWorktree(repository, name);
    GroupMerger.Result result =
        new GroupMerger(repository, work())
            .merge(
                new GroupMerge(
                    request.group().id(),
                    request.group().title(),
                    name,
                    new CommitId(request.groupHead()),
                    new CommitId(request.knownHead()),
                    request.members(),
                    request.squash(),
                    Optional.ofNullable(request.resolution()).map(Resolutions::decision)));
    CommitId groupHead = result.groupHead();
    return switch (result.outcome()) {
      case MergeOutcome.Merged merged ->
        new GroupMergeResult(groupHead.hex(), Merging.merged(merged), putAway(request, groupHead));
      case MergeOutcome.Unchanged unchanged ->
        new GroupMergeResult(
            groupHead.hex(),
            Merging.unchanged(unchanged),
            putAway(request, groupHead));
      case MergeOutcome.Conflicted conflicted ->
        new GroupMergeResult(
            groupHead.hex(),
            Merging.conflicted(
                repository, refs, name, groupHead, conflicted.head(), conflicted.conflicts()),
            state(worktree.show(groupHead, conflicted.head())));
      case MergeOutcome.Refused refused ->
        new GroupMergeResult(
            groupHead.hex(),
            new IntegrationResult.Refused(
                refused.because(),
                refused.conflicts().isEmpty()
                    ? null
                    : Merging.conflicted(
                        repository, refs, name, groupHead, refused.head(), refused.conflicts())),
            state(worktree.look()));
      case MergeOutcome.Protected guarded ->
        new GroupMergeResult(
            groupHead.hex(),
            new IntegrationResult.ProtectedPaths(guarded.files()),
            state(worktree.look()));
    };
  }

  /** Removes what showed the group's work; a ref of the run keeps it whatever happens. */
  private WorktreeState putAway(GroupMergeRequest request, CommitId groupHead) {
    String name = request.group().name();
    repository.refs().set(refs.groupHead(request.group().id()), groupHead);
    GroupWorktree.State state = new GroupWorktree(repository, name).remove(groupHead);
    String branch = refs.branchOf(name);
    Optional<CommitId> at = repository.refs().read(branch);
    Optional<String> inUse = new Checkouts(repository).use(branch);
    if (at.isEmpty() || inUse.isPresent()) {
      return state(state);
    }
    Optional<String> failure =
        at.get().equals(groupHead)
            ? new RefRemoval(repository)
                .remove(
                    Map.of(branch, groupHead),
                    Map.of(refs.groupHead(request.group().id()), groupHead))
            : Optional.of("somebody committed to it");
    Step.GROUP_BRANCH_REMOVED.reached();
    return failure.isEmpty()
        ? state(state)
        : new WorktreeState(
            state.path().map(Path::toString).orElse(null),
            "branch " + name + " stays: " + failure.get());
  }

  private GroupWork work() {
    CommitId base =
        repository
            .refs()
            .read(refs.base())
            .orElseThrow(() -> new GitException("the ref " + refs.base() + " is gone", null));
    return new GroupWork(
        refs,
        run.runId(),
        run.execution(),
        base,
        new StoredPlan(repository).rules(refs),
        Merging.author(repository),
        Instant.now());
  }

  private static WorktreeState state(GroupWorktree.State state) {
    return new WorktreeState(
        state.path().map(Path::toString).orElse(null), state.because().orElse(null));
  }
}
