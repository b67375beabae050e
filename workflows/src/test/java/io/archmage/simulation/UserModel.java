package io.archmage.simulation;

import io.archmage.durable.ShellModel.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whoever shares the repository with the run, and answers its questions. */
final class UserModel {

  private static final int MOST_QUESTIONS = 5;
  private static final int RUN_MS = 240_000;

  private final World world;
  private final List<String> commits = new ArrayList<>();
  private int questions;
  private boolean decided;

  UserModel(World world) {
    this.world = world;
  }

  /** Their commits on the target branch, none of which may get lost. */
  List<String> commits() {
    return commits;
  }

  /** Whether a conflict ended as a person said, so that the files may differ. */
  boolean decided() {
    return decided;
  }

  void begin() {
    if (world.plan.may(Fault.TARGET_MOVES)) {
      for (int time = 0; time < 3; time++) {
        later("target", time, this::moveTarget);
      }
    }
    if (world.plan.may(Fault.BRANCH_MOVES)) {
      for (int time = 0; time < 3; time++) {
        int which = time;
        later("branch", time, () -> moveBranch(which));
      }
    }
    if (world.plan.may(Fault.CANCELLED)) {
      later("cancel", 0, this::cancel);
    }
    if (world.plan.may(Fault.MACHINE_RESTARTS)) {
      later("restart", 0, world.engine::machineRestarts);
    }
  }

  private void later(String what, int time, Runnable action) {
    world.agenda.in(
        world.draws.below(RUN_MS, what, time),
        () -> {
          if (!world.workflow.isOver()) {
            action.run();
          }
        });
  }

  /** While it is being published. */
  void moveTargetNow(int time) {
    if (world.plan.may(Fault.TARGET_MOVES) && world.draws.once(2, "target now", time)) {
      world.agenda.in(1, this::moveTarget);
    }
  }

  /** Between the last merge and publishing. */
  void moveBranchNow() {
    if (world.plan.may(Fault.BRANCH_MOVES) && world.draws.once(2, "branch now")) {
      moveBranch(world.draws.below(3, "branch how"));
    }
  }

  private void moveTarget() {
    world.faults.count(Fault.TARGET_MOVES, "a commit on main");
    String target = world.git.read(GitModel.TARGET).orElseThrow();
    String path = world.draws.once(8, "collides", commits.size()) ? "tight/0" : "user/main";
    String commit =
        world.git.write(
            new Commit(
                List.of(target),
                GitTrees.with(world.git.tree(target), path, "user " + commits.size()),
                "user",
                world.agenda.now()));
    commits.add(commit);
    world.git.set(GitModel.TARGET, Optional.of(commit));
  }

  private void moveBranch(int which) {
    if (world.workflow.usesBranch() || world.git.read(GitModel.BRANCH).isEmpty()) {
      return;
    }
    String head = world.git.read(GitModel.BRANCH).orElseThrow();
    String how = List.of("removed", "set back", "committed to").get(which);
    world.faults.count(Fault.BRANCH_MOVES, how);
    switch (which) {
      case 0 -> world.git.set(GitModel.BRANCH, Optional.empty());
      case 1 -> {
        if (!head.equals(world.base)) {
          world.git.set(
              GitModel.BRANCH, Optional.of(world.git.commit(head).parents().getFirst()));
        }
      }
      default ->
        world.git.set(
            GitModel.BRANCH,
            Optional.of(
                world.git.write(
                    new Commit(
                        List.of(head),
                        GitTrees.with(world.git.tree(head), "user/branch", "user"),
                        "user",
                        world.agenda.now()))));
    }
  }

  private void cancel() {
    world.faults.count(Fault.CANCELLED, "the run");
    world.workflow.tell(new Input.CancelAsked());
  }

  /** A person answers after a while; one who was asked too often lets it fail. */
  void asked(int index) {
    int id = world.plan.tasks().get(index).id();
    questions++;
    List<String> answers = List.of("retry", "retry", "ours", "theirs", "skip", "reject");
    String answer =
        questions > MOST_QUESTIONS
            ? "reject"
            : answers.get(world.draws.below(answers.size(), "answer", id, questions));
    decided |= answer.equals("ours") || answer.equals("theirs");
    world.agenda.in(
        world.draws.below(90_000, "patience", id, questions),
        () -> world.workflow.tell(new Input.Answered(index, answer)));
  }
}
