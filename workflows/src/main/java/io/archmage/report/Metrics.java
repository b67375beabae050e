package io.archmage.report;

import io.archmage.contract.Wire;

/**
 * The figures of a run.
 *
 * @param activeTasks attempts in flight
 * @param queueDepth ready tasks that wait for a slot
 * @param slotUtilization busy slot time by slots times makespan, 0 to 1
 * @param avgWaitTimeMs mean time from ready to start
 * @param parallelSpeedupRatio sum of run times by makespan
 * @param timeReductionPercent share of the sequential time saved
 * @param taskCompletionTimeMs distribution of run times
 * @param mergeTimeMs time spent merging
 * @param failureRate failed by finished tasks, 0 to 1
 * @param retryCount attempts beyond the first
 * @param rollbackCount compensations run
 * @param makespanMs from the first task ready to the last one integrated
 * @param sequentialMs sum of run times
 * @param lowerBoundMs no schedule can be shorter
 * @param makespanOverLowerBound at least 1 where a bound is known, else 0
 * @param overheadMs makespan less the longest chain of run times
 * @param totalMs from the run's start to its end, preparation and publishing included
 */
@Wire
public record Metrics(
    int activeTasks,
    int queueDepth,
    double slotUtilization,
    double avgWaitTimeMs,
    double parallelSpeedupRatio,
    double timeReductionPercent,
    Distribution taskCompletionTimeMs,
    long mergeTimeMs,
    double failureRate,
    int retryCount,
    int rollbackCount,
    long makespanMs,
    long sequentialMs,
    long lowerBoundMs,
    double makespanOverLowerBound,
    long overheadMs,
    long totalMs) {

  /**
   * A distribution by nearest rank.
   *
   * @param p50 the median
   * @param p95 the 95th percentile
   * @param max the greatest
   */
  @Wire
  public record Distribution(long p50, long p95, long max) {}
}
