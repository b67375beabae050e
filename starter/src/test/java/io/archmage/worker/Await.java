package io.archmage.worker;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what nobody announces. */
final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Await() {}

  /** Returns when the condition holds; fails after a minute. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    until(LIMIT, what, condition);
  }

  /** The same with another limit. */
  static void until(Duration limit, String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        fail("after %d s still waiting until %s", limit.toSeconds(), what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
