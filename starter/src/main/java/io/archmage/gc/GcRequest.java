package io.archmage.gc;

import java.time.Duration;
import java.time.Instant;

/**
 * What is to be removed.
 *
 * @param olderThan only what ended at least this long ago
 * @param dryRun whether nothing is changed
 * @param unmerged whether refs to work that was never merged go too
 * @param now the time that ages are measured by
 */
public record GcRequest(Duration olderThan, boolean dryRun, boolean unmerged, Instant now) {

  /** Whether something of that time is old enough. */
  boolean isOld(Instant ended) {
    return !ended.plus(olderThan).isAfter(now);
  }
}
