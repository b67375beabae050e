package io.archmage.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.archmage.contract.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the query {@code batches}.
 *
 * @param runId the workflow id
 * @param batchCount batches in all
 * @param batches those asked for, in order
 */
@Wire
public record BatchPage(String runId, int batchCount, List<Batch> batches) {

  /** Copies the list. */
  public BatchPage {
    batches = List.copyOf(batches);
  }

  /** Where a batch stands. Without a barrier several of them run at once. */
  public enum State {
    /** None of its tasks has started. */
    PENDING,
    /** A task has started, or will not run, and another one has not ended. */
    RUNNING,
    /** All of its tasks have ended, in whatever way. */
    COMPLETED;

    /** The name in documents: lower case. */
    @JsonValue
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Tasks that could run together.
   *
   * @param batchNumber 1 for the first
   * @param status where it stands
   * @param tasks ids in declared order
   * @param counts how many tasks have each status
   * @param startedAt when its first task started, or null
   * @param finishedAt when its last task ended, or null before that
   */
  @Wire
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Batch(
      int batchNumber,
      State status,
      List<String> tasks,
      Map<String, Integer> counts,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {

    /** Copies the list. */
    public Batch {
      tasks = List.copyOf(tasks);
    }
  }
}
