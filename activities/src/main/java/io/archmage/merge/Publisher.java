package io.archmage.merge;

import io.archmage.fault.Step;
import io.archmage.git.CommitId;
import io.archmage.git.GitException;
import io.archmage.git.GitRepository;
import io.archmage.git.RefStore;
import io.archmage.git.TaskTrailers;
import io.archmage.merge.Published.How;
import io.archmage.merge.ThreeWayMerge.PathConflict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Delivers a run's branch to its target without disturbing anybody: a checkout of the target is
 * only ever fast-forwarded, and only when it is clean. Runs no hooks. Thread-safe.
 */
public final class Publisher {
  private static final String KIND = "Publish";

  private final GitRepository repository;

  /** A publisher for all runs of a repository. */
  public Publisher(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * Moves the target, or says why not. The commit is made first; a checkout's files are updated
   * while the target's ref is locked, and before it moves.
   *
   * @throws GitException if git or the repository breaks
   */
  public Published publish(PublishRequest request) {
    return repository.locked(
        () -> {
          while (true) {
            Optional<Published> published = attempt(request);
            if (published.isPresent()) {
              return published.get();
            }
          }
        });
  }

  /** Returns the answer, empty if the target moved meanwhile. */
  private Optional<Published> attempt(PublishRequest request) {
    RunBranch branch = new RunBranch(repository, request.refs().branch());
    Optional<CommitId> found = branch.headWith(request.knownHead());
    if (found.isEmpty()) {
      return Optional.of(left(request, request.knownHead(), branch.moved(request.knownHead())));
    }
    CommitId head = found.get();
    Optional<CommitId> target = repository.branch(request.target());
    if (target.isEmpty()) {
      return Optional.of(left(request, head, "there is no branch " + request.target()));
    }
    Optional<Published> earlier = earlier(request, target.get(), head);
    if (earlier.isPresent()) {
      return earlier;
    }
    CommitId tree;
    boolean descends = repository.objects().isAncestor(target.get(), head);
    if (descends) {
      tree = repository.objects().treeOf(head);
    } else {
      try {
        switch (new ThreeWayMerge(repository).merge(target.get(), head)) {
          case ThreeWayMerge.Result.Conflicts conflicts -> {
            return Optional.of(left(request, head, conflict(request, conflicts.paths())));
          }
          case ThreeWayMerge.Result.Clean clean -> tree = clean.tree();
        }
      } catch (GitException e) {
        if (e.stderr().contains("unrelated histories")) {
          return Optional.of(left(request, head, "the histories have no commit in common"));
        }
        throw e;
      }
    }
    boolean squash =
        switch (request.style()) {
          case MERGE -> false;
          case SQUASH -> true;
          case LINEAR -> !descends;
        };
    How how = squash ? How.SQUASH : descends ? How.FAST_FORWARD : How.MERGE;
    if (squash && tree.equals(repository.objects().treeOf(target.get()))) {
      return Optional.of(new Published(how, target.get(), Optional.empty(), Optional.empty()));
    }
    CommitId commit =
        how == How.FAST_FORWARD ? head : write(request, tree, target.get(), head, how);
    return move(request, target.get(), head, commit, how);
  }

  private Optional<Published> move(
      PublishRequest request, CommitId target, CommitId head, CommitId commit, How how) {
    String ref = Constants.R_HEADS + request.target();
    Step.PUBLICATION_COMMITTED.reached();
    try {
      Checkouts checkouts = new Checkouts(repository);
      Optional<String> obstacle = checkouts.obstacle(ref);
      if (obstacle.isPresent()) {
        return Optional.of(left(request, head, obstacle.get()));
      }
      Optional<Checkout> checkout = checkouts.of(ref);
      if (checkout.isEmpty()) {
        return repository.refs().update(ref, commit, target) == RefStore.Change.LOST
            ? Optional.empty()
            : Optional.of(done(how, commit));
      }
      return switch (checkout.get().fastForward(ref, target, commit)) {
        case Checkout.Result.Done d -> Optional.of(done(how, commit));
        case Checkout.Result.Moved m -> Optional.empty();
        case Checkout.Result.Refused refused ->
          Optional.of(left(request, head, refused.because()));
      };
    } catch (IOException e) {
      throw new GitException("cannot look at the checkouts of " + request.target(), e);
    }
  }

  /** Recognises what an earlier call published, so that a repeat does nothing. */
  private Optional<Published> earlier(PublishRequest request, CommitId target, CommitId head) {
    String fork = repository.git().run("merge-base", target.hex(), head.hex()).text();
    Optional<RevCommit> commit =
        new BranchHistory(repository)
            .find(
                target,
                c -> c.name().equals(head.hex()) || c.name().equals(fork),
                c -> isPublication(c, request, head));
    if (commit.isPresent()) {
      How how =
          "squash".equals(TaskTrailers.values(commit.get().getFullMessage()).get(KIND))
              ? How.SQUASH
              : How.MERGE;
      return Optional.of(done(how, CommitId.of(commit.get())));
    }
    return repository.objects().isAncestor(head, target)
        ? Optional.of(done(How.FAST_FORWARD, head))
        : Optional.empty();
  }

  private static boolean isPublication(RevCommit commit, PublishRequest request, CommitId head) {
    Map<String, String> values = TaskTrailers.values(commit.getFullMessage());
    return values.containsKey(KIND)
        && request.refs().run().equals(values.get("Run"))
        && request.execution().equals(values.get("Execution"))
        && head.hex().equals(values.get("Head"));
  }

  private CommitId write(
      PublishRequest request, CommitId tree, CommitId target, CommitId head, How how) {
    Map<String, String> trailers = new LinkedHashMap<>();
    trailers.put("Run", request.refs().run());
    trailers.put("Execution", request.execution());
    trailers.put(KIND, how == How.SQUASH ? "squash" : "merge");
    trailers.put("Head", head.hex());
    return repository
        .objects()
        .writeCommit(
            tree,
            how == How.SQUASH ? List.of(target) : List.of(target, head),
            request.author(),
            TaskTrailers.message(request.subject(), trailers),
            request.when());
  }

  private static String conflict(PublishRequest request, List<PathConflict> paths) {
    return "it conflicts with %s in %s"
        .formatted(
            request.target(),
            paths.stream().map(PathConflict::path).distinct().collect(Collectors.joining(", ")));
  }

  private static Published done(How how, CommitId commit) {
    Step.TARGET_MOVED.reached();
    return new Published(how, commit, Optional.empty(), Optional.empty());
  }

  private static Published left(PublishRequest request, CommitId head, String because) {
    String run = request.refs().run();
    String word =
        run.matches("[A-Za-z0-9._%+=:@/-]+") ? run : "'" + run.replace("'", "'\\''") + "'";
    return new Published(
        How.LEFT, head, Optional.of(because), Optional.of("archmage publish " + word));
  }
}
