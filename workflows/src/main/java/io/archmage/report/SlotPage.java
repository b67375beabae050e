package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.archmage.contract.Wire;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the query {@code slots}.
 *
 * @param runId the workflow id
 * @param busy how many are taken
 * @param slots all of them by number; a slot belongs to no familiar
 */
@Wire
public record SlotPage(String runId, int busy, List<Slot> slots) {

  /** Copies the list. */
  public SlotPage {
    slots = List.copyOf(slots);
  }

  /**
   * Room for one attempt.
   *
   * @param slot its number, 1 for the first
   * @param familiar who holds it, or null if it is free
   * @param task the task's id, or null
   * @param attempt 1 for the task's first, or null
   * @param since when it was taken, or null
   */
  @Wire
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Slot(
      int slot,
      @Nullable String familiar,
      @Nullable String task,
      @Nullable Integer attempt,
      @Nullable Instant since) {}
}
