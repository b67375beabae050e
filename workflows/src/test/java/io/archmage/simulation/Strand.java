package io.archmage.simulation;

import java.util.concurrent.locks.LockSupport;

/**
 * Code that can be left between any two of its steps and gone on with later, or never. It has a
 * thread of its own, of which only one runs at a time: the caller waits while the strand runs.
 */
final class Strand {

  /** Ends a strand where it stands; for nobody to catch. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super(null, null, false, false);
    }
  }

  private final Thread thread;
  private volatile Thread caller;
  private volatile boolean running;
  private volatile boolean killed;
  private volatile boolean over;
  private volatile Throwable failure;

  Strand(Runnable body) {
    thread = Thread.ofVirtual().unstarted(() -> live(body));
  }

  private void live(Runnable body) {
    try {
      body.run();
    } catch (Killed end) {
      // It was to end here.
    } catch (AssertionError | RuntimeException broken) {
      failure = broken;
    }
    over = true;
    running = false;
    LockSupport.unpark(caller);
  }

  /** Lets it run until it leaves off or ends; throws what it threw. */
  void resume() {
    if (over) {
      return;
    }
    caller = Thread.currentThread();
    running = true;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    while (running) {
      LockSupport.park(this);
    }
    switch (failure) {
      case null -> {}
      case AssertionError error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new AssertionError(failure);
    }
  }

  /** Leaves off; called by the strand itself. */
  void leave() {
    running = false;
    LockSupport.unpark(caller);
    while (!running) {
      LockSupport.park(this);
    }
    if (killed) {
      throw new Killed();
    }
  }

  /** Ends it where it stands. */
  void kill() {
    if (!over && thread.getState() != Thread.State.NEW) {
      killed = true;
      resume();
    }
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
