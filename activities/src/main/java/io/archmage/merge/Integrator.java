package io.archmage.merge;

import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.MergeOutcome.Conflicted;
import io.archmage.merge.MergeOutcome.Merged;
import io.archmage.merge.MergeOutcome.Protected;
import io.archmage.merge.MergeOutcome.Unchanged;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.ThreeWayMerge.Result.Clean;
import io.archmage.merge.TreeDiff.Entry;
import io.archmage.share.RunHeads;
import io.archmage.structural.StructuralMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Brings attempts onto the run's branch, one at a time, by compare-and-swap; every merge happens
 * once, however often it is asked for. Thread-safe.
 */
public final class Integrator {
  private final GitRepository repository;
  private final BranchHistory history;
  private final PathGuard guard;
  private final RunHeads heads;

  /** An integrator for all runs of a repository. */
  public Integrator(GitRepository repository) {
    this(repository, RunHeads.in(repository));
  }

  /** The same where the runs' heads are elsewhere. */
  public Integrator(GitRepository repository, RunHeads heads) {
    this.repository = repository;
    this.heads = heads;
    this.history = new BranchHistory(repository);
    this.guard = new PathGuard(repository);
  }

  /**
   * Integrates an attempt; only the branch of its run moves, no checkout.
   *
   * @throws IllegalArgumentException if the attempt is not a child of its base
   * @throws GitException if the run has no branch, or git or the repository breaks
   */
  public MergeOutcome integrate(IntegrationRequest request) {
    return integrate(request, head -> attempt(request, head));
  }

  /**
   * Integrates an attempt whose conflict a person decided; by the same rules, and as often as asked
   * only once. The protected files of a commit that the person made are let through.
   *
   * @throws IllegalArgumentException as for {@link #integrate}
   * @throws GitException as for {@link #integrate}
   */
  public MergeOutcome integrate(IntegrationRequest request, Decision decision) {
    return integrate(request, head -> decided(request, decision, head));
  }

  private MergeOutcome integrate(
      IntegrationRequest request, Function<CommitId, Optional<MergeOutcome>> attempt) {
    requireChild(request.attempt(), request.base());
    return heads.alone(
        () -> {
          while (true) {
            heads.refresh(request.branch(), request.knownHead());
            Optional<MergeOutcome> outcome = attempt.apply(
                new RunBranch(repository, request.branch()).head(request.knownHead()));
            if (outcome.isPresent()) {
              return outcome.get();
            }
          }
        });
  }

  private void requireChild(CommitId attempt, CommitId base) {
    RevCommit commit = repository.objects().parse(attempt);
    boolean child =
        commit.getParentCount() == 1 && commit.getParent(0).name().equals(base.hex());
    if (!child && !attempt.equals(base)) {
      throw new IllegalArgumentException(attempt + " is not a child of its base " + base);
    }
  }

  /** Returns the outcome, empty if the head moved meanwhile. */
  private Optional<MergeOutcome> attempt(IntegrationRequest request, CommitId head) {
    Optional<RevCommit> done = find(request, head);
    if (done.isPresent()) {
      return Optional.of(repeated(request, done.get()));
    }
    SortedMap<byte[], Entry> changes =
        TreeDiff.ofCommits(repository, request.base(), request.attempt());
    if (changes.isEmpty()) {
      return Optional.of(new Unchanged(head));
    }
    List<PathConflict> unsafe = guard.unsafe(changes);
    if (!unsafe.isEmpty()) {
      return Optional.of(conflicted(request, head, unsafe));
    }
    List<String> untouchable = guard.protectedPaths(changes, request.protectedPaths());
    if (!untouchable.isEmpty() && !request.approved()) {
      return Optional.of(new Protected(head, untouchable));
    }
    return merge(request, head, changes);
  }

  /** Returns the outcome, empty if the head moved meanwhile. */
  private Optional<MergeOutcome> decided(
      IntegrationRequest request, Decision decision, CommitId head) {
    Optional<RevCommit> done = find(request, head);
    if (done.isPresent()) {
      return Optional.of(repeated(request, done.get()));
    }
    return switch (new ConflictDecider(repository, request, head).decide(decision)) {
      case DecidedTree.Impossible impossible ->
        Optional.of(refused(request, head, impossible.because(), impossible.conflicts()));
      case DecidedTree.Ready ready -> {
        List<PathConflict> wrong = guard.wrong(head, ready.tree());
        if (!wrong.isEmpty()) {
          yield Optional.of(
              refused(
                  request,
                  head,
                  "these must not be merged whoever decides: "
                      + wrong.stream().map(PathConflict::path).collect(Collectors.joining(", ")),
                  List.of()));
        }
        yield advance(request, decision, head, ready);
      }
    };
  }

  private Optional<MergeOutcome> advance(
      IntegrationRequest request, Decision decision, CommitId head, DecidedTree.Ready ready) {
    List<CommitId> parents = new ArrayList<>(List.of(head));
    parents.addAll(ready.parents());
    CommitId next =
        repository
            .objects()
            .writeCommit(
                ready.tree(),
                request.linear() ? List.of(head) : parents,
                request.author(),
                request.trailers().message(request.description())
                    + TaskTrailers.resolution(decision.key()),
                request.when());
    return advance(request, next, head)
        ? Optional.of(new Merged(next, MergeHow.PERSON, files(head, next)))
        : Optional.empty();
  }

  /** Moves the run's branch; false if somebody else moved it first. */
  private boolean advance(IntegrationRequest request, CommitId next, CommitId head) {
    Step.MERGE_COMMITTED.reached();
    boolean moved = new BranchMove(repository, heads).move(request.branch(), head, next);
    Step.HEAD_MOVED.reached();
    return moved;
  }

  private MergeOutcome refused(
      IntegrationRequest request, CommitId head, String because, List<PathConflict> conflicts) {
    return new MergeOutcome.Refused(
        head, because, conflicted(request, head, conflicts).conflicts());
  }

  private Optional<MergeOutcome> merge(
      IntegrationRequest request, CommitId head, SortedMap<byte[], Entry> changes) {
    boolean forward = head.equals(request.base());
    Clean merged;
    if (forward) {
      merged = new Clean(tree(request.attempt()));
    } else {
      var result =
          new DeclarationMerge(repository, request.rules())
              .merge(request.base(), head, request.attempt());
      switch (result) {
        case ThreeWayMerge.Result.Conflicts conflicts -> {
          return Optional.of(conflicted(request, head, conflicts.paths()));
        }
        case Clean clean -> merged = clean;
      }
      if (merged.tree().equals(tree(head))) {
        return Optional.of(new Unchanged(head));
      }
    }
    List<PathConflict> collisions = guard.collisions(changes, merged.tree());
    if (!collisions.isEmpty()) {
      return Optional.of(conflicted(request, head, collisions));
    }
    CommitId next = forward ? request.attempt() : mergeCommit(request, head, merged);
    if (!advance(request, next, head)) {
      return Optional.empty();
    }
    MergeHow how = forward ? MergeHow.FAST_FORWARD : byFiles(merged.structural());
    return Optional.of(
        new Merged(next, how, files(head, next), merged.structural(), merged.unchecked()));
  }

  private static MergeHow byFiles(List<String> structural) {
    return structural.isEmpty() ? MergeHow.TEXTUAL : MergeHow.STRUCTURAL;
  }

  private CommitId mergeCommit(IntegrationRequest request, CommitId head, Clean merged) {
    String message = request.trailers().message(request.description());
    return repository
        .objects()
        .writeCommit(
            merged.tree(),
            request.linear() ? List.of(head) : List.of(head, request.attempt()),
            request.author(),
            merged.structural().isEmpty()
                ? message
                : message
                    + TaskTrailers.structural(merged.structural(), StructuralMerge.version()),
            request.when());
  }

  /** Looks for this attempt on the branch, back to where it cannot be. */
  private Optional<RevCommit> find(IntegrationRequest request, CommitId head) {
    String known = request.knownHead().orElse(request.base()).hex();
    String base = request.base().hex();
    return history.find(
        head,
        commit -> commit.name().equals(known) || commit.name().equals(base),
        commit -> commit.name().equals(request.attempt().hex())
            || TaskTrailers.parse(commit.getFullMessage())
                .filter(request.trailers()::equals)
                .isPresent());
  }

  private MergeOutcome repeated(IntegrationRequest request, RevCommit done) {
    CommitId commit = CommitId.of(done);
    List<String> files = files(CommitId.of(done.getParent(0)), commit);
    List<String> structural = TaskTrailers.structural(done.getFullMessage());
    MergeHow how =
        commit.equals(request.attempt())
            ? MergeHow.FAST_FORWARD
            : TaskTrailers.isResolution(done.getFullMessage())
                ? MergeHow.PERSON
                : byFiles(structural);
    return new Merged(commit, how, files, structural, List.of());
  }

  private Conflicted conflicted(
      IntegrationRequest request, CommitId head, List<PathConflict> paths) {
    var theirs =
        new FileConflict.Side(request.attempt(), Optional.of(request.trailers().task()));
    return new Conflicted(
        head,
        history.conflicts(paths, head, request.base(), theirs));
  }

  private List<String> files(CommitId from, CommitId to) {
    return TreeDiff.paths(TreeDiff.ofCommits(repository, from, to));
  }

  private CommitId tree(CommitId commit) {
    return repository.objects().treeOf(commit);
  }
}
