package io.archmage.durable;

import io.archmage.schedule.SchedulerEvent;
import io.temporal.workflow.CancellationScope;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one timer of a run that waits for a certain thing, such as room in a limit over time. */
final class WakeTimer {

  private final BiFunction<Instant, Instant, SchedulerEvent> event;
  private final Consumer<SchedulerEvent> events;
  private @Nullable CancellationScope current;

  /**
   * A timer that is not set.
   *
   * @param event makes the event of the time that was set and the time it is
   * @param events gets the event
   */
  WakeTimer(
      BiFunction<Instant, Instant, SchedulerEvent> event, Consumer<SchedulerEvent> events) {
    this.event = event;
    this.events = events;
  }

  /** Takes the place of the timer before, if that still runs. */
  void set(Instant at, String summary) {
    stop();
    CancellationScope scope = Timers.at(at, summary, cancelled -> ended(at, cancelled));
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

  private void ended(Instant at, boolean cancelled) {
    if (!cancelled) {
      current = null;
      events.accept(event.apply(at, Clocks.now()));
    }
  }
}
