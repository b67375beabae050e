package io.archmage.fault;

import java.util.ServiceLoader;

/**
 * The steps of activities between which a worker may die. Each is announced when it is done; what
 * listens may throw, or never return. Nothing listens but in tests, which bring a {@link Listener}
 * of their own.
 */
public enum Step {
  /** Temporal has given this worker an activity. */
  ACTIVITY_BEGUN,
  /** The plan is checked and stored in the repository; Temporal does not know. */
  PLAN_STORED,
  /** The groups of a plan have their branches; Temporal does not know. */
  GROUPS_CLAIMED,
  /** A group has its worktree. */
  WORKTREE_MADE,
  /** An attempt's run has a folder on this machine. */
  RUN_CLAIMED,
  /** A workspace is taken from the pool. */
  WORKSPACE_LEASED,
  /** The workspace is at the attempt's base, with its copied files. */
  WORKSPACE_READY,
  /** The setup command has ended. */
  SETUP_ENDED,
  /** The familiar's supervisor is at work. */
  SUPERVISOR_STARTED,
  /** The familiar has ended. */
  FAMILIAR_ENDED,
  /** The files are in git, without a commit. */
  FILES_RECORDED,
  /** There is a commit of them, without a ref. */
  ATTEMPT_COMMITTED,
  /** The attempt's ref keeps them. */
  ATTEMPT_KEPT,
  /** What the familiar said is kept. */
  LOG_KEPT,
  /** This machine knows what the attempt came to. */
  END_WRITTEN,
  /** The workspace is given back. */
  WORKSPACE_RELEASED,
  /** The merge, or its undoing, is made; the run's branch does not have it. */
  MERGE_COMMITTED,
  /** The run's branch has it; Temporal does not know. */
  HEAD_MOVED,
  /** A group's branch has the run's head; the run does not have the group. */
  GROUP_JOINED,
  /** A merged group's worktree is gone. */
  WORKTREE_REMOVED,
  /** A merged group's branch is gone. */
  GROUP_BRANCH_REMOVED,
  /** What is published is made; the target does not have it. */
  PUBLICATION_COMMITTED,
  /** The target has it. */
  TARGET_MOVED,
  /** The report is stored. */
  REPORT_STORED,
  /** Nothing of the pool is held by the run. */
  LEASES_RELEASED,
  /** The run's folder is gone. */
  RUN_FOLDER_REMOVED,
  /** An activity is done; Temporal does not know. */
  ACTIVITY_DONE;

  /** Is told of every step, on the thread that does it. */
  public interface Listener {
    /** Something reached the step. */
    void reached(Step step);
  }

  private static final Listener LISTENER =
      ServiceLoader.load(Listener.class, Step.class.getClassLoader())
          .findFirst()
          .orElse(step -> {});

  /** Says that it is reached. */
  public void reached() {
    LISTENER.reached(this);
  }
}
