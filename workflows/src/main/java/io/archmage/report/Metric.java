package io.archmage.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The figures that can be chosen for reports, in the order in which they are shown. */
public enum Metric {
  /** Attempts in flight. */
  ACTIVE_TASKS(Group.PARALLELISM, "active_tasks"),
  /** Ready tasks that wait for a slot. */
  QUEUE_DEPTH(Group.PARALLELISM, "queue_depth"),
  /** Busy slot time by slots times makespan. */
  SLOT_UTILIZATION(Group.PARALLELISM, "slot_utilization"),
  /** Mean time from ready to start. */
  AVG_WAIT_TIME(Group.PARALLELISM, "avg_wait_time_ms"),
  /** Sum of run times by makespan. */
  PARALLEL_SPEEDUP_RATIO(Group.PERFORMANCE, "parallel_speedup_ratio"),
  /** Distribution of run times. */
  TASK_COMPLETION_TIME(Group.PERFORMANCE, "task_completion_time_ms"),
  /** Time spent merging. */
  MERGE_TIME(Group.PERFORMANCE, "merge_time_ms"),
  /** Failed by finished tasks. */
  FAILURE_RATE(Group.RELIABILITY, "failure_rate"),
  /** Attempts beyond the first. */
  RETRY_COUNT(Group.RELIABILITY, "retry_count"),
  /** Compensations run. */
  ROLLBACK_COUNT(Group.RELIABILITY, "rollback_count");

  private static final String MILLISECONDS = "_ms";

  private final Group group;
  private final String key;

  Metric(Group group, String key) {
    this.group = group;
    this.key = key;
  }

  /** The groups in which metrics are chosen. */
  public enum Group {
    /** How much runs at once. */
    PARALLELISM("parallelism"),
    /** How fast it is. */
    PERFORMANCE("performance"),
    /** How often something goes wrong. */
    RELIABILITY("reliability");

    private final String key;

    Group(String key) {
      this.key = key;
    }

    /** The name in configurations. */
    public String key() {
      return key;
    }

    /** Its metrics, in order. */
    public List<Metric> metrics() {
      return Arrays.stream(Metric.values()).filter(metric -> metric.group() == this).toList();
    }
  }

  /** Where it belongs. */
  public Group group() {
    return group;
  }

  /** The name in reports and answers, with its unit: {@code avg_wait_time_ms}. */
  public String key() {
    return key;
  }

  /** The name in configurations: {@code avg_wait_time}. */
  public String label() {
    return key.endsWith(MILLISECONDS)
        ? key.substring(0, key.length() - MILLISECONDS.length())
        : key;
  }

  /** The metric of either name. */
  public static Optional<Metric> named(String name) {
    return Arrays.stream(values())
        .filter(metric -> metric.label().equals(name) || metric.key().equals(name))
        .findFirst();
  }
}
