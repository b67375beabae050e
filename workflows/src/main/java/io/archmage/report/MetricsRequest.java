package io.archmage.report;

import io.archmage.contract.Wire;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which figures of a run are wanted.
 *
 * @param names such as {@code avg_wait_time} or {@code avg_wait_time_ms}; empty means all
 * @param at until when the tasks that still run are counted, or null for the time of the run's last
 *     event; of no effect on a run that has ended
 */
@Wire
public record MetricsRequest(List<String> names, @Nullable Instant at) {

  /** Copies the list; a missing one is empty. */
  public MetricsRequest {
    names = names == null ? List.of() : List.copyOf(names);
  }
}
