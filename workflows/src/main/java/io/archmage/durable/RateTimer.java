package io.archmage.durable;

import io.archmage.schedule.Decision;
import io.archmage.schedule.SchedulerEvent;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
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
    Duration pause = Duration.between(Clocks.now(), wait.at());
    TimerOptions options =
        TimerOptions.newBuilder()
            .setSummary(Summaries.cut(WaitText.of(wait.limit()) + ": " + task))
            .build();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> Workflow.newTimer(pause.isNegative() ? Duration.ZERO : pause, options)
                .handle((fired, cancelled) -> ended(wait.at(), cancelled)));
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

  private @Nullable Void ended(Instant until, @Nullable RuntimeException cancelled) {
    if (cancelled == null) {
      current = null;
      events.accept(new SchedulerEvent.RateReached(until, Clocks.now()));
    }
    return null;
  }
}
