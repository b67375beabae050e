package io.archmage.schedule;

import java.time.Duration;

/** How a simulated attempt ends. */
public sealed interface SimulatedOutcome {

  /** It succeeds and its work merges at once. */
  record Succeeds() implements SimulatedOutcome {}

  /** It succeeds, but its work does not merge. */
  record Conflicts() implements SimulatedOutcome {}

  /**
   * It fails.
   *
   * @param retryable whether another attempt can help
   */
  record Fails(boolean retryable) implements SimulatedOutcome {}

  /**
   * It asks to be tried again later.
   *
   * @param pause from its end to the next try
   */
  record Defers(Duration pause) implements SimulatedOutcome {}
}
