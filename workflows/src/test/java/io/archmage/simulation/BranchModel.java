package io.archmage.simulation;

import java.util.Optional;

/** {@code io.archmage.merge.RunBranch}, step by step. */
final class BranchModel {

  private BranchModel() {}

  /** The branch's head with the known one put back; empty if it was moved somewhere else. */
  static Optional<String> headWith(GitModel git, ActivityRun run, String known) {
    run.step("read the branch");
    Optional<String> head = git.read(GitModel.BRANCH);
    if (head.isPresent() && git.isAncestor(known, head.get())) {
      return head;
    }
    if (head.isPresent() && !git.isAncestor(head.get(), known)) {
      return Optional.empty();
    }
    run.step("put the branch back");
    git.change(GitModel.BRANCH, head, Optional.of(known));
    run.step("read the branch again");
    return Optional.of(
        git.read(GitModel.BRANCH)
            .orElseThrow(() -> new HostTrouble("the branch is being removed")));
  }
}
