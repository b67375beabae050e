package io.archmage.durable;

import io.archmage.schedule.Decision;
import io.archmage.schedule.SchedulerEvent;
import io.temporal.workflow.CancellationScope;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one timer of a run that waits for room in a limit over time. */
final class RateTimer {

  private final Consumer<SchedulerEvent> events;
  private @Nullable CancellationScope current;

  RateTimer(Consumer<SchedulerEvent> events) {
    this.events = events;
  }

  /** Takes the place of the timer before, if that still runs. */
  void set(Decision.WaitForRate wait, String task) {
    stop();
    CancellationScope scope =
        Timers.at(
            wait.at(),
            WaitText.of(wait.limit()) + ": " + task,
            cancelled -> ended(wait.at(), cancelled));
    current = scope;
    scope.run();
  }

  /** Ends the timer, if one runs. */
  void stop() {
    CancellationScope running = current;
    current = null;
    if (running != null) {
      running.cancel();
    }
  }

  private void ended(Instant until, boolean cancelled) {
    if (!cancelled) {
      current = null;
      events.accept(new SchedulerEvent.RateReached(until, Clocks.now()));
    }
  }
}
