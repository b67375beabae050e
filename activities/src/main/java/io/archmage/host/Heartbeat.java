package io.archmage.host;

import io.archmage.familiar.AttemptControl;
import io.archmage.share.RemoteWait;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Heartbeats an activity on a timer, whatever the activity is doing, and remembers what the server
 * answered. Thread-safe.
 */
final class Heartbeat implements AttemptControl, RemoteWait, AutoCloseable {

  private static final long EVERY_MS = 500;
  private static final long SURE_MS = 4_000;

  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("archmage-heartbeat-", 0).factory());

  private final ActivityExecutionContext context;
  private final ScheduledFuture<?> beats;
  private volatile String progress;
  private volatile Wish wish = Wish.GO_ON;

  private Heartbeat(ActivityExecutionContext context, String progress) {
    this.context = context;
    this.progress = progress;
    this.beats =
        TIMER.scheduleWithFixedDelay(this::beat, 0, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  static Heartbeat start(ActivityExecutionContext context, String progress) {
    return new Heartbeat(context, progress);
  }

  @Override
  public Wish wish() {
    return wish;
  }

  /**
   * An attempt that was asked for just now cannot have been given up: the server waits longer than
   * that for a sign of life. Nor can a step that this worker asked for itself.
   */
  @Override
  public Wish ask() {
    long age = System.currentTimeMillis() - context.getInfo().getCurrentAttemptScheduledTimestamp();
    boolean sure = context.getInfo().isLocal() || age >= 0 && age <= SURE_MS;
    if (wish == Wish.GO_ON && !sure) {
      note(
          () -> context
              .getWorkflowClient()
              .newActivityCompletionClient()
              .heartbeat(context.getTaskToken(), progress));
    }
    return wish;
  }

  @Override
  public void tell(String text) {
    progress = text;
  }

  @Override
  public boolean goesOn(String text) {
    progress = text;
    return wish == Wish.GO_ON;
  }

  private void beat() {
    if (wish != Wish.GO_ON) {
      // The server has answered; what is left to do is done without asking it again.
      return;
    }
    note(() -> context.heartbeat(progress));
  }

  private void note(Runnable beat) {
    try {
      beat.run();
    } catch (ActivityCanceledException cancelled) {
      wish = Wish.CANCEL;
    } catch (ActivityCompletionException over) {
      wish = Wish.DETACH;
    }
  }

  @Override
  public void close() {
    beats.cancel(false);
  }
}
