package io.archmage.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.schedule.ScheduledTask;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as the workflow needs it; the whole of it is in the stored plan.
 *
 * @param id unique in the plan
 * @param title one line for people
 * @param familiar index into {@link PreparedPlan#familiars()}
 * @param needs indices of tasks that must have succeeded first
 * @param after indices of tasks that must merely have ended first
 * @param stage 0-based stage
 * @param batch 0-based batch, for views
 * @param order position in the dispatch order
 * @param estimateMs expected run time in milliseconds
 * @param timeoutMs longest run of an attempt in milliseconds
 * @param stallMs longest silence of an attempt in milliseconds, or null for none
 * @param readOnly whether its changes are discarded
 * @param because why it waits for each of {@code needs}, then each of {@code after}: a reason's
 *     name, or that with a colon and evidence; empty if all of them are declared
 * @param group index into {@link PreparedPlan#groups()}, or null
 * @param demands what it holds of resources while it runs
 * @param heldFor indices of tasks that it leaves its slot to if they are about to start
 */
@Wire
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record PreparedTask(
    String id,
    String title,
    int familiar,
    List<Integer> needs,
    List<Integer> after,
    int stage,
    int batch,
    int order,
    long estimateMs,
    long timeoutMs,
    @Nullable Long stallMs,
    boolean readOnly,
    List<String> because,
    @Nullable @JsonInclude(JsonInclude.Include.NON_NULL) Integer group,
    List<PreparedDemand> demands,
    List<Integer> heldFor) {

  /** Copies the lists; missing ones are empty. */
  @JsonCreator
  public PreparedTask {
    needs = needs == null ? List.of() : List.copyOf(needs);
    after = after == null ? List.of() : List.copyOf(after);
    because = because == null ? List.of() : List.copyOf(because);
    demands = demands == null ? List.of() : List.copyOf(demands);
    heldFor = heldFor == null ? List.of() : List.copyOf(heldFor);
  }

  /** A task without a group that shares nothing. */
  public PreparedTask(
      String id,
      String title,
      int familiar,
      List<Integer> needs,
      List<Integer> after,
      int stage,
      int batch,
      int order,
      long estimateMs,
      long timeoutMs,
      @Nullable Long stallMs,
      boolean readOnly,
      List<String> because) {
    this(
        id, title, familiar, needs, after, stage, batch, order, estimateMs, timeoutMs, stallMs,
        readOnly, because, null, List.of(), List.of());
  }

  /** The same task at another place of the order. */
  public PreparedTask ordered(ScheduledTask place) {
    return new PreparedTask(
        id, title, familiar, needs, after, stage, batch, place.order(), estimateMs, timeoutMs,
        stallMs, readOnly, because, group, demands, place.heldFor());
  }

  /** Whether it holds resources, or leaves its slot to others. */
  public boolean sharesOrHolds() {
    return !demands.isEmpty() || !heldFor.isEmpty();
  }

  /** The same for a run that began before tasks did either. */
  public PreparedTask alone() {
    return new PreparedTask(
        id, title, familiar, needs, after, stage, batch, order, estimateMs, timeoutMs, stallMs,
        readOnly, because, group, List.of(), List.of());
  }

  /** What the scheduler needs of it. */
  public ScheduledTask scheduled() {
    return new ScheduledTask(
        id,
        familiar,
        needs,
        after,
        stage,
        order,
        Duration.ofMillis(estimateMs),
        demands.stream().map(PreparedDemand::demand).toList(),
        heldFor);
  }
}
