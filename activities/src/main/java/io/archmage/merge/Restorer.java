package io.archmage.merge;

import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RefStore;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.FileConflict.Side;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.ThreeWayMerge.Result.Clean;
import io.archmage.share.RunHeads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Takes merged work out of a run's head again: a commit for each task that leaves out what its
 * merge brought, then one compare-and-swap of the branch for all of them. What was there before the
 * first of them is restored exactly if nothing else was merged since. Thread-safe.
 */
public final class Restorer {
  private static final String NUMBER = "Rollback";

  private final GitRepository repository;
  private final BranchHistory history;
  private final PathGuard guard;
  private final RunHeads heads;

  /** A restorer for all runs of a repository. */
  public Restorer(GitRepository repository) {
    this(repository, RunHeads.in(repository));
  }

  /** The same where the runs' heads are elsewhere. */
  public Restorer(GitRepository repository, RunHeads heads) {
    this.repository = repository;
    this.heads = heads;
    this.history = new BranchHistory(repository);
    this.guard = new PathGuard(repository);
  }

  /**
   * Undoes all of it or nothing; only the branch of the run moves, no checkout. However often it is
   * asked for, it happens once.
   *
   * @throws GitException if the branch lacks what is to be undone, or git or the repository breaks
   */
  public RollbackOutcome rollBack(Rollback rollback) {
    return heads.alone(
        () -> {
          while (true) {
            heads.refresh(rollback.branch(), Optional.of(rollback.knownHead()));
            CommitId head =
                new RunBranch(repository, rollback.branch())
                    .head(Optional.of(rollback.knownHead()));
            Optional<RollbackOutcome> outcome =
                done(rollback, head).or(() -> attempt(rollback, head));
            if (outcome.isPresent()) {
              return outcome.get();
            }
          }
        });
  }

  private Optional<RollbackOutcome> done(Rollback rollback, CommitId head) {
    return history
        .find(
            head,
            commit -> commit.name().equals(rollback.knownHead().hex()),
            commit -> isPartOf(rollback, commit))
        .map(
            last -> new RollbackOutcome.Undone(
                CommitId.of(last), files(rollback.knownHead(), CommitId.of(last))));
  }

  private static boolean isPartOf(Rollback rollback, RevCommit commit) {
    Map<String, String> values = TaskTrailers.values(commit.getFullMessage());
    return rollback.execution().equals(values.get("Execution"))
        && String.valueOf(rollback.number()).equals(values.get(NUMBER));
  }

  /** Returns the outcome, empty if the head moved meanwhile. */
  private Optional<RollbackOutcome> attempt(Rollback rollback, CommitId head) {
    CommitId restored = head;
    for (Rollback.Work work : rollback.undone()) {
      if (!repository.objects().isAncestor(work.commit(), head)) {
        throw new GitException(
            "%s lacks %s, the work of %s"
                .formatted(rollback.branch(), work.commit(), work.task()),
            null);
      }
      CommitId before = CommitId.of(repository.objects().parse(work.commit()).getParent(0));
      var merged =
          new DeclarationMerge(repository, rollback.rules())
              .merge(work.commit(), restored, before);
      switch (merged) {
        case ThreeWayMerge.Result.Conflicts conflicts -> {
          return Optional.of(stopped(work, head, conflicts.paths()));
        }
        case Clean clean -> {
          List<PathConflict> wrong = guard.wrong(restored, clean.tree());
          if (!wrong.isEmpty()) {
            return Optional.of(stopped(work, head, wrong));
          }
          restored = commit(rollback, work, restored, clean.tree());
        }
      }
    }
    Optional<RollbackOutcome> lost = new KeptWork(repository, rollback).lost(head, restored);
    if (lost.isPresent()) {
      return lost;
    }
    Step.MERGE_COMMITTED.reached();
    RefStore.Change change = heads.advance(rollback.branch(), restored, head);
    Step.HEAD_MOVED.reached();
    return change == RefStore.Change.LOST
        ? Optional.empty()
        : Optional.of(new RollbackOutcome.Undone(restored, files(head, restored)));
  }

  private CommitId commit(
      Rollback rollback, Rollback.Work work, CommitId parent, CommitId tree) {
    Map<String, String> trailers = new LinkedHashMap<>();
    trailers.put("Run", rollback.run());
    trailers.put("Execution", rollback.execution());
    trailers.put(NUMBER, String.valueOf(rollback.number()));
    trailers.put(TaskTrailers.UNDONE, work.task());
    trailers.put("Because", rollback.because());
    return repository
        .objects()
        .writeCommit(
            tree,
            List.of(parent),
            rollback.author(),
            TaskTrailers.message(
                TaskTrailers.subject(
                    work.task(), "undone because " + rollback.because() + " failed"),
                trailers),
            rollback.when());
  }

  private RollbackOutcome stopped(
      Rollback.Work work, CommitId head, List<PathConflict> paths) {
    Side theirs = new Side(work.commit(), Optional.of(work.task()));
    return new RollbackOutcome.Stopped(
        work.task(),
        history.conflicts(paths, head, work.commit(), theirs));
  }

  private List<String> files(CommitId from, CommitId to) {
    return TreeDiff.paths(TreeDiff.ofCommits(repository, from, to));
  }
}
