package io.archmage.merge;

import io.archmage.git.CommitId;
import io.archmage.git.GitPaths;
import io.archmage.git.GitRepository;
import io.archmage.git.GitResult;
import io.archmage.git.Identity;
import io.archmage.merge.DecidedTree.Impossible;
import io.archmage.merge.DecidedTree.Ready;
import io.archmage.merge.Decision.Side;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import io.archmage.merge.TreeDiff.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the tree that a person decided on, or says why that cannot be. Nothing is decided that the
 * person has not seen: what came into conflict since is asked again.
 */
final class ConflictDecider {

  /** Taking a side may show a further conflict, as with renames; it settles in a few rounds. */
  private static final int ROUNDS = 4;

  private final GitRepository repository;
  private final IntegrationRequest request;
  private final CommitId head;

  ConflictDecider(GitRepository repository, IntegrationRequest request, CommitId head) {
    this.repository = repository;
    this.request = request;
    this.head = head;
  }

  DecidedTree decide(Decision decision) {
    return switch (decision) {
      case Decision.TakeSide side -> takeSide(side);
      case Decision.TakeCommit commit -> takeCommit(commit);
    };
  }

  private DecidedTree takeSide(Decision.TakeSide decision) {
    List<CommitId> parents = List.of(request.attempt());
    ThreeWayMerge.Result plain = merge(head, request.attempt());
    if (plain instanceof ThreeWayMerge.Result.Conflicts conflicts) {
      List<String> unseen = unseen(decision, conflicts.paths());
      if (!unseen.isEmpty()) {
        return new Impossible(
            "the run has gone on since you were asked, and "
                + String.join(", ", unseen)
                + " is not as you saw it; look again and answer again",
            conflicts.paths());
      }
    }
    CommitId ours = head;
    // What must not be merged at all is in conflict without the merge saying so.
    CommitId theirs =
        decision.side() == Side.OURS
            ? withFilesOf(head, request.attempt(), decision.files())
            : request.attempt();
    for (int round = 0; round < ROUNDS; round++) {
      switch (merge(ours, theirs)) {
        case ThreeWayMerge.Result.Clean clean -> {
          return new Ready(clean.tree(), parents);
        }
        case ThreeWayMerge.Result.Conflicts conflicts -> {
          List<String> files = conflicts.paths().stream().map(PathConflict::path).toList();
          if (decision.side() == Side.OURS) {
            theirs = withFilesOf(head, theirs, files);
          } else {
            ours = withFilesOf(request.attempt(), ours, files);
          }
        }
      }
    }
    return new Impossible(
        "this conflict cannot be ended by taking one side's files; merge by hand and answer with"
            + " your commit",
        List.of());
  }

  /** Files in conflict now that the person was not shown, or not with this content of the head. */
  private List<String> unseen(Decision.TakeSide decision, List<PathConflict> now) {
    Collection<String> moved =
        TreeDiff.paths(TreeDiff.ofCommits(repository, decision.shown(), head));
    return now.stream()
        .map(PathConflict::path)
        .filter(path -> !decision.files().contains(path) || moved.contains(path))
        .distinct()
        .toList();
  }

  /** The commit with these files, and all below them, as another commit has them. */
  private CommitId withFilesOf(CommitId from, CommitId commit, List<String> files) {
    SortedMap<byte[], Entry> edits = new TreeMap<>(TreeDiff.BYTES);
    TreeDiff.ofCommits(repository, commit, from)
        .forEach(
            (path, entry) -> {
              String shown = GitPaths.display(path);
              if (files.stream()
                  .anyMatch(file -> shown.equals(file) || shown.startsWith(file + "/"))) {
                edits.put(path, entry);
              }
            });
    CommitId tree = TreeEditor.apply(repository, repository.objects().treeOf(commit), edits);
    // Only trees are merged, but the merge takes them from commits; no ref ever names this one.
    return repository
        .objects()
        .writeCommit(tree, List.of(), Identity.ARCHMAGE, "one side's files\n", Instant.EPOCH);
  }

  private DecidedTree takeCommit(Decision.TakeCommit decision) {
    Optional<CommitId> found = commit(decision.revision());
    if (found.isEmpty()) {
      return new Impossible(
          "there is no commit "
              + decision.revision()
              + " in "
              + repository.commonDirectory()
              + "; if you made it in another clone, fetch it from there first",
          List.of());
    }
    CommitId made = found.get();
    if (!repository.objects().isAncestor(decision.shown(), made)
        || made.equals(decision.shown())) {
      return new Impossible(
          "commit "
              + made.abbreviated()
              + (made.equals(decision.shown())
                  ? " is the run's own version; answer with --ours to keep that"
                  : " does not contain the run's version "
                      + decision.shown().abbreviated()
                      + "; start from that, merge the task's version, and commit"),
          List.of());
    }
    List<CommitId> parents = new ArrayList<>();
    if (!made.equals(head)) {
      parents.add(made);
    }
    if (!repository.objects().isAncestor(request.attempt(), made)) {
      parents.add(request.attempt());
    }
    if (repository.objects().isAncestor(head, made)) {
      return unmarked(new Ready(repository.objects().treeOf(made), parents), made);
    }
    return switch (new ThreeWayMerge(repository).merge(head, made)) {
      case ThreeWayMerge.Result.Clean clean -> unmarked(new Ready(clean.tree(), parents), made);
      case ThreeWayMerge.Result.Conflicts conflicts ->
        new Impossible(
            "the run has gone on since you were asked, and your commit does not merge with it: "
                + String.join(
                    ", ",
                    conflicts.paths().stream().map(PathConflict::path).distinct().toList())
                + "; merge the run's branch "
                + request.refs().branchName()
                + " into yours and answer again",
            List.of());
    };
  }

  private DecidedTree unmarked(Ready ready, CommitId made) {
    List<String> marked =
        new ConflictMarkers(repository).leftIn(made, List.of(head, request.attempt()));
    return marked.isEmpty()
        ? ready
        : new Impossible(
            "commit "
                + made.abbreviated()
                + " still has conflict markers in "
                + String.join(", ", marked)
                + "; edit them out, commit, and answer again",
            List.of());
  }

  private Optional<CommitId> commit(String revision) {
    GitResult result =
        repository
            .git()
            .run("rev-parse", "-q", "--verify", "--end-of-options", revision + "^{commit}");
    return result.succeeded() ? Optional.of(new CommitId(result.text())) : Optional.empty();
  }

  private ThreeWayMerge.Result merge(CommitId ours, CommitId theirs) {
    return new DeclarationMerge(repository, request.rules())
        .merge(request.base(), ours, theirs);
  }
}
