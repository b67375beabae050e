package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.Wire;
import io.archmage.schedule.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the query {@code timeline}.
 *
 * @param runId the workflow id
 * @param origin the instant that offsets count from
 * @param bars one per task in declared order
 * @param makespanMs so far, or of the whole ended run
 * @param sequentialMs sum of run times
 */
@Wire
public record Timeline(
    String runId, Instant origin, List<Bar> bars, long makespanMs, long sequentialMs) {

  /** Copies the list. */
  public Timeline {
    bars = List.copyOf(bars);
  }

  /**
   * A task on the time axis.
   *
   * @param task the task's id
   * @param familiar the familiar's name
   * @param status where it stands
   * @param readyMs offset in milliseconds, or null if it was never ready
   * @param startMs offset of the start of its last attempt, or null
   * @param endMs offset of the end of its last attempt, or null while it runs
   * @param integratedMs offset, or null
   */
  @Wire
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Bar(
      String task,
      String familiar,
      TaskStatus status,
      @Nullable Long readyMs,
      @Nullable Long startMs,
      @Nullable Long endMs,
      @Nullable Long integratedMs) {}
}
