package io.archmage.host;

import io.archmage.contract.InvokeRequest;
import io.archmage.familiar.AttemptControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The attempts that a worker follows, and whether it is to let go of them; thread-safe. */
public final class FollowedAttempts {

  private final List<InvokeRequest> followed = new ArrayList<>();
  private boolean lettingGo;

  /** What each is doing, for people. */
  public synchronized List<String> names() {
    return followed.stream()
        .map(
            request -> request.familiar()
                + " at task "
                + request.task()
                + " of run "
                + request.run().runId())
        .toList();
  }

  /** Lets go of all of them, also of those that come yet: familiars go on, others follow them. */
  public synchronized void letGo() {
    lettingGo = true;
  }

  /**
   * Waits until nothing is followed any more.
   *
   * @return false if that is not so after {@code limit}
   */
  public synchronized boolean awaitNone(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!followed.isEmpty()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  synchronized void begin(InvokeRequest request) {
    followed.add(request);
  }

  synchronized void end(InvokeRequest request) {
    followed.remove(request);
    notifyAll();
  }

  private synchronized boolean isLettingGo() {
    return lettingGo;
  }

  /** The same line to the one who asked, which also hears when the worker lets go. */
  AttemptControl control(AttemptControl asked) {
    return new AttemptControl() {
      @Override
      public Wish wish() {
        return orLetGo(asked.wish());
      }

      @Override
      public Wish ask() {
        return orLetGo(asked.ask());
      }

      @Override
      public void tell(String progress) {
        asked.tell(progress);
      }
    };
  }

  /** What is cancelled is near its end, and nobody would be asked to follow it. */
  private AttemptControl.Wish orLetGo(AttemptControl.Wish wish) {
    return wish == AttemptControl.Wish.GO_ON && isLettingGo()
        ? AttemptControl.Wish.DETACH
        : wish;
  }
}
