package io.archmage.merge;

import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitRepository;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.ThreeWayMerge.Result.Clean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/**
 * Merges what tasks of other groups made into the branch that a task starts from. What the branch
 * has already is left alone, so that a repeat changes nothing. Thread-safe.
 */
public final class Bringing {

  /** What came of it; {@code head} is where the branch is. */
  public sealed interface Outcome {
    /** Where the branch is. */
    CommitId head();

    /** All of it is there. */
    record Brought(CommitId head) implements Outcome {}

    /** The work of a task does not merge; what came before it stays. */
    record Blocked(CommitId head, String task, List<FileConflict> conflicts)
        implements
          Outcome {
      /** Copies the list. */
      public Blocked {
        conflicts = List.copyOf(conflicts);
      }
    }
  }

  private final GitRepository repository;
  private final GroupWork work;
  private final BranchHistory history;
  private final PathGuard guard;

  /** Brings work together in one run. */
  public Bringing(GitRepository repository, GroupWork work) {
    this.repository = repository;
    this.work = work;
    this.history = new BranchHistory(repository);
    this.guard = new PathGuard(repository);
  }

  /**
   * Merges those commits, one after another.
   *
   * @param branch the full name of the branch
   * @param knownHead where it was
   * @param commits heads with the work, by task
   * @param linear whether the branch gets commits with one parent only
   */
  public Outcome bring(
      String branch, CommitId knownHead, Map<String, CommitId> commits, boolean linear) {
    return repository.locked(
        () -> {
          Outcome outcome =
              new Outcome.Brought(
                  new RunBranch(repository, branch).head(Optional.of(knownHead)));
          for (Map.Entry<String, CommitId> commit : new LinkedHashMap<>(commits).entrySet()) {
            outcome = bring(branch, outcome.head(), commit.getKey(), commit.getValue(), linear);
            if (outcome instanceof Outcome.Blocked) {
              break;
            }
          }
          return outcome;
        });
  }

  private Outcome bring(
      String branch, CommitId knownHead, String task, CommitId commit, boolean linear) {
    Ancestry ancestry = new Ancestry(repository, work.base());
    while (true) {
      CommitId head = new RunBranch(repository, branch).head(Optional.of(knownHead));
      CommitId ours = ancestry.of(head);
      if (repository.objects().isAncestor(commit, ours)) {
        return new Outcome.Brought(head);
      }
      CommitId theirs = ancestry.of(commit);
      CommitId base = new MergeBase(repository).of(ours, theirs, work.base());
      switch (new DeclarationMerge(repository, work.rules()).merge(base, head, theirs)) {
        case ThreeWayMerge.Result.Conflicts conflicts -> {
          return blocked(head, base, task, commit, conflicts.paths());
        }
        case Clean clean -> {
          List<PathConflict> wrong = guard.wrong(head, clean.tree());
          if (!wrong.isEmpty()) {
            return blocked(head, base, task, commit, wrong);
          }
          CommitId next = commit(branch, task, commit, head, theirs, clean, linear);
          Step.MERGE_COMMITTED.reached();
          boolean moved =
              new BranchMove(repository).move(branch, head, next);
          Step.HEAD_MOVED.reached();
          if (moved) {
            return new Outcome.Brought(next);
          }
        }
      }
    }
  }

  private CommitId commit(
      String branch,
      String task,
      CommitId commit,
      CommitId head,
      CommitId theirs,
      Clean merged,
      boolean linear) {
    Map<String, String> trailers = work.trailers();
    trailers.put("Brings", task);
    if (linear) {
      trailers.put(GroupMerge.HEAD, commit.hex());
    }
    String name = branch.substring(Constants.R_HEADS.length());
    return repository
        .objects()
        .writeCommit(
            merged.tree(),
            linear ? List.of(head) : List.of(head, theirs),
            work.author(),
            TaskTrailers.message(name + ": with the work of " + task, trailers),
            work.when());
  }

  private Outcome blocked(
      CommitId head, CommitId base, String task, CommitId commit, List<PathConflict> paths) {
    var theirs = new FileConflict.Side(commit, Optional.of(task));
    return new Outcome.Blocked(
        head,
        task,
        history.conflicts(paths, head, base, theirs));
  }
}
