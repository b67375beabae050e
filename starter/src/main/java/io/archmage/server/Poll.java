package io.archmage.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions of other processes, which tell nobody when they come true. */
final class Poll {
  private Poll() {}

  /**
   * Looks at the condition at once and then every {@code pause} until it holds.
   *
   * @return whether it held before {@code limit} had passed
   * @throws ServerException if the thread is interrupted; its interrupt status stays set
   */
  static boolean until(Duration limit, Duration pause, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(pause.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new ServerException("interrupted while waiting for the Temporal server");
      }
    }
    return true;
  }
}
