package io.archmage.merge;

import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.ThreeWayMerge.Result.Clean;
import io.archmage.structural.StructuralMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Merges a group's branch into its run's, once however often it is asked for: first the run's head
 * into the group, where a conflict can be looked at and mended, then the group into the run, which
 * then cannot conflict. Thread-safe.
 */
public final class GroupMerger {
  private final GitRepository repository;
  private final GroupWork work;
  private final BranchHistory history;
  private final PathGuard guard;
  private final Ancestry ancestry;

  /** Merges groups of one run. */
  public GroupMerger(GitRepository repository, GroupWork work) {
    this.repository = repository;
    this.work = work;
    this.history = new BranchHistory(repository);
    this.guard = new PathGuard(repository);
    this.ancestry = new Ancestry(repository, work.base());
  }

  /**
   * What came of it.
   *
   * @param groupHead where the group's branch is; after a merge what the run's head has of it
   * @param outcome the run's head, and how it got the work or why not
   */
  public record Result(CommitId groupHead, MergeOutcome outcome) {}

  /** Merges the group; only branches move, and the worktree that shows the group's. */
  public Result merge(GroupMerge group) {
    return repository.locked(
        () -> {
          while (true) {
            Optional<Result> result = attempt(group);
            if (result.isPresent()) {
              return result.get();
            }
          }
        });
  }

  /** Returns what came of it, empty if a branch moved meanwhile. */
  private Optional<Result> attempt(GroupMerge group) {
    CommitId head =
        new RunBranch(repository, work.refs().branch()).head(Optional.of(group.knownHead()));
    Optional<RevCommit> done = find(group, head);
    if (done.isPresent()) {
      return Optional.of(repeated(done.get()));
    }
    CommitId groupHead =
        new RunBranch(repository, group.branch()).head(Optional.of(group.knownGroupHead()));
    CommitId whole = ancestry.of(head);
    if (repository.objects().isAncestor(groupHead, whole)) {
      return Optional.of(new Result(groupHead, new MergeOutcome.Unchanged(head)));
    }
    List<String> marked = marked(group, groupHead, head);
    if (!marked.isEmpty()) {
      return Optional.of(
          new Result(
              groupHead,
              new MergeOutcome.Refused(
                  head,
                  "branch " + group.name() + " still has conflict markers in "
                      + String.join(", ", marked)
                      + "; edit them out there, commit, and answer again",
                  List.of())));
    }
    if (repository.objects().isAncestor(whole, groupHead)) {
      return advance(group, head, groupHead);
    }
    return join(group, head, whole, groupHead);
  }

  /** What people committed to the branch is looked at before it goes into the run. */
  private List<String> marked(GroupMerge group, CommitId groupHead, CommitId head) {
    return groupHead.equals(group.knownGroupHead())
        ? List.of()
        : new ConflictMarkers(repository)
            .leftIn(groupHead, List.of(group.knownGroupHead(), head));
  }

  private Optional<RevCommit> find(GroupMerge group, CommitId head) {
    return history.find(
        head,
        commit -> commit.name().equals(group.knownHead().hex())
            || commit.name().equals(work.base().hex()),
        commit -> {
          Map<String, String> values = TaskTrailers.values(commit.getFullMessage());
          return work.execution().equals(values.get("Execution"))
              && group.id().equals(values.get(GroupMerge.GROUP));
        });
  }

  private Result repeated(RevCommit done) {
    CommitId groupHead = GroupMerge.head(done.getFullMessage()).orElseThrow();
    return merged(CommitId.of(done.getParent(0)), CommitId.of(done), groupHead);
  }

  /** Merges the run's head into the group. */
  private Optional<Result> join(
      GroupMerge group, CommitId head, CommitId whole, CommitId groupHead) {
    CommitId base = new MergeBase(repository).of(whole, groupHead, work.base());
    List<CommitId> parents = new ArrayList<>(List.of(groupHead));
    Clean joined;
    if (group.decision().isPresent()) {
      switch (new ConflictDecider(repository, request(group, groupHead, base), head)
          .decide(group.decision().get())) {
        case DecidedTree.Impossible impossible -> {
          return Optional.of(
              new Result(
                  groupHead,
                  new MergeOutcome.Refused(
                      head,
                      impossible.because(),
                      conflicts(group, head, groupHead, base, impossible.conflicts()))));
        }
        case DecidedTree.Ready ready -> {
          ready.parents().stream().filter(more -> !more.equals(groupHead)).forEach(parents::add);
          joined = new Clean(ready.tree());
        }
      }
    } else {
      switch (new DeclarationMerge(repository, work.rules()).merge(base, head, groupHead)) {
        case ThreeWayMerge.Result.Conflicts stuck -> {
          return conflicted(group, head, groupHead, base, stuck.paths());
        }
        case Clean clean -> joined = clean;
      }
    }
    List<PathConflict> wrong = guard.wrong(head, joined.tree());
    if (!wrong.isEmpty()) {
      return conflicted(group, head, groupHead, base, wrong);
    }
    parents.add(whole);
    CommitId next = commit(group, head, joined, parents);
    boolean moved =
        new BranchMove(repository).move(group.branch(), groupHead, next);
    Step.GROUP_JOINED.reached();
    return moved ? advance(group, head, next) : Optional.empty();
  }

  private CommitId commit(
      GroupMerge group, CommitId head, Clean joined, List<CommitId> parents) {
    Map<String, String> trailers = work.trailers();
    trailers.put("Joins", head.hex());
    String message =
        TaskTrailers.message(group.name() + ": with the head of the run", trailers);
    if (group.decision().isPresent()) {
      message += TaskTrailers.resolution(group.decision().get().key());
    }
    if (!joined.structural().isEmpty()) {
      message +=
          TaskTrailers.structural(
              joined.structural(), StructuralMerge.version());
    }
    return repository
        .objects()
        .writeCommit(joined.tree(), parents, work.author(), message, work.when());
  }

  /** Merges the group, which has the run's head, into the run. */
  private Optional<Result> advance(GroupMerge group, CommitId head, CommitId groupHead) {
    CommitId tree = repository.objects().treeOf(groupHead);
    if (tree.equals(repository.objects().treeOf(head))) {
      return Optional.of(new Result(groupHead, new MergeOutcome.Unchanged(head)));
    }
    CommitId next =
        repository
            .objects()
            .writeCommit(
                tree,
                group.squash() ? List.of(head) : List.of(head, groupHead),
                work.author(),
                group.message(work, groupHead),
                work.when());
    Step.MERGE_COMMITTED.reached();
    boolean moved =
        new BranchMove(repository).move(work.refs().branch(), head, next);
    Step.HEAD_MOVED.reached();
    return moved ? Optional.of(merged(head, next, groupHead)) : Optional.empty();
  }

  private Result merged(CommitId before, CommitId head, CommitId groupHead) {
    String message = repository.objects().parse(groupHead).getFullMessage();
    List<String> structural = TaskTrailers.structural(message);
    MergeHow how =
        TaskTrailers.isResolution(message)
            ? MergeHow.PERSON
            : structural.isEmpty() ? MergeHow.TEXTUAL : MergeHow.STRUCTURAL;
    List<String> files = TreeDiff.paths(TreeDiff.ofCommits(repository, before, head));
    return new Result(
        groupHead, new MergeOutcome.Merged(head, how, files, structural, List.of()));
  }

  private Optional<Result> conflicted(
      GroupMerge group,
      CommitId head,
      CommitId groupHead,
      CommitId base,
      List<PathConflict> paths) {
    return Optional.of(
        new Result(
            groupHead,
            new MergeOutcome.Conflicted(
                head, conflicts(group, head, groupHead, base, paths))));
  }

  private List<FileConflict> conflicts(
      GroupMerge group,
      CommitId head,
      CommitId groupHead,
      CommitId base,
      List<PathConflict> paths) {
    var theirs = new FileConflict.Side(groupHead, Optional.of(group.name()));
    return history.conflicts(paths, head, base, theirs);
  }

  /** As if the whole group were one attempt. */
  private IntegrationRequest request(GroupMerge group, CommitId groupHead, CommitId base) {
    return new IntegrationRequest(
        work.refs(),
        group.branch(),
        false,
        groupHead,
        base,
        Optional.of(group.knownHead()),
        group.title(),
        new TaskTrailers(work.runId(), work.execution(), group.name(), 1, "archmage"),
        work.author(),
        work.when(),
        List.of(),
        true,
        work.rules());
  }
}
