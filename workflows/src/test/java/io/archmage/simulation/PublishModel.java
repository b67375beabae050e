package io.archmage.simulation;

import io.archmage.simulation.GitModel.Change;
import io.archmage.simulation.GitModel.Merge;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** {@code io.archmage.merge.Publisher} for a target that no checkout has, step by step. */
final class PublishModel {

  static final String MARK = "publish";

  private final World world;
  private final GitModel git;
  private final ActivityRun run;
  private final String knownHead;

  PublishModel(World world, ActivityRun run, String knownHead) {
    this.knownHead = knownHead;
    this.world = world;
    this.git = world.git;
    this.run = run;
  }

  /** How it was published, or {@code left}. */
  String publish() {
    RepositoryLock.take(run);
    try {
      while (true) {
        Optional<String> published = attempt();
        if (published.isPresent()) {
          return published.get();
        }
      }
    } finally {
      RepositoryLock.give(run);
    }
  }

  private Optional<String> attempt() {
    Optional<String> found = head();
    if (found.isEmpty()) {
      return Optional.of("left");
    }
    String head = found.get();
    run.step("read the target");
    String target = git.read(GitModel.TARGET).orElseThrow();
    if (isPublished(target, head)) {
      return Optional.of("earlier");
    }
    boolean descends = git.isAncestor(target, head);
    SortedMap<String, SortedSet<String>> tree = git.tree(head);
    if (!descends) {
      run.step("merge with the target");
      Merge merge =
          git.merge(git.tree(git.mergeBase(target, head)), git.tree(target), git.tree(head));
      if (!merge.conflicts().isEmpty()) {
        return Optional.of("left");
      }
      tree = merge.tree();
    }
    boolean squash = world.plan.rules().squash();
    if (squash && tree.equals(git.tree(target))) {
      return Optional.of("squash");
    }
    List<String> parents = squash ? List.of(target) : List.of(target, head);
    String commit =
        descends && !squash
            ? head
            : git.write(new Commit(parents, tree, MARK + " " + head, world.agenda.now()));
    world.user.moveTargetNow(run.number());
    run.step("move the target");
    if (world.mutation == Mutation.TARGET_NOT_COMPARED) {
      git.set(GitModel.TARGET, Optional.of(commit));
    } else if (git.change(GitModel.TARGET, Optional.of(target),
        Optional.of(commit)) == Change.LOST) {
      return Optional.empty();
    }
    world.note(GitModel.TARGET + " is " + commit);
    run.step("tell what was published");
    return Optional.of("published");
  }

  private Optional<String> head() {
    return world.mutation == Mutation.BRANCH_TAKEN_AS_IT_IS
        ? git.read(GitModel.BRANCH)
        : BranchModel.headWith(git, run, knownHead);
  }

  private boolean isPublished(String target, String head) {
    String fork = git.mergeBase(target, head);
    return git.find(
        target,
        id -> id.equals(head) || id.equals(fork),
        id -> git.commit(id).mark().equals(MARK + " " + head))
        .isPresent()
        || git.isAncestor(head, target);
  }
}
