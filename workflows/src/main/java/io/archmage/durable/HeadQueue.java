package io.archmage.durable;

import io.temporal.workflow.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Lets what moves the run's head happen one after another, in the order in which it was asked for:
 * so the head that the workflow knows only ever moves forward.
 */
final class HeadQueue {

  private final Deque<Supplier<Promise<?>>> waiting = new ArrayDeque<>();
  private boolean busy;

  /** Begins the step when all before it have ended. */
  void add(Supplier<Promise<?>> step) {
    waiting.addLast(step);
    startNext();
  }

  private void startNext() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    waiting
        .removeFirst()
        .get()
        .handle(
            (ended, failure) -> {
              busy = false;
              startNext();
              return null;
            });
  }
}
