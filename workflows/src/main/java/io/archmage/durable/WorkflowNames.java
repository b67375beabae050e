package io.archmage.durable;

/** Names that users type: workflow types and the default task queue. */
public final class WorkflowNames {

  /** Runs a plan of any form. */
  public static final String PLAN = "Plan";

  /** Runs a plan of independent tasks. */
  public static final String PARALLEL = "Parallel";

  /** Runs a plan of stages. */
  public static final String STAGED_PARALLEL = "StagedParallel";

  /** Runs a plan of steps one after another. */
  public static final String PIPELINE = "Pipeline";

  /** Runs a plan of one piece of work on several parts. */
  public static final String FAN_OUT_FAN_IN = "FanOutFanIn";

  /** The queue that runs are started on unless a worker was given another. */
  public static final String TASK_QUEUE = "archmage";

  /** The memo in which a run names the tasks that wait for a person. */
  public static final String AWAITING_MEMO = "archmage_awaiting";

  private WorkflowNames() {}

  /** The queue of a repository's activities, for workers on the default queue. */
  public static String repositoryQueue(String queue, String repositoryId) {
    return queue + "-" + repositoryId;
  }

  /** The queue of a repository's attempts on one host. */
  public static String hostQueue(String queue, String repositoryId, String host) {
    return repositoryQueue(queue, repositoryId) + "@" + host;
  }
}
