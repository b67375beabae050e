package io.archmage.durable;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Durable timers that can be called off. */
final class Timers {

  private Timers() {}

  /** Told once when a timer has ended. */
  interface Ended {
    void ended(boolean cancelled);
  }

  /**
   * A timer that starts when the scope is run, and is called off by cancelling the scope.
   *
   * @param at when it fires; at once if that is past
   * @param summary what the Web UI says of it
   */
  static CancellationScope at(Instant at, String summary, Ended listener) {
    Duration pause = Duration.between(Clocks.now(), at);
    TimerOptions options =
        TimerOptions.newBuilder().setSummary(Summaries.cut(summary)).build();
    return Workflow.newCancellationScope(
        () -> Workflow.newTimer(pause.isNegative() ? Duration.ZERO : pause, options)
            .handle(
                (fired, cancelled) -> {
                  listener.ended(cancelled != null);
                  return null;
                }));
  }
}
