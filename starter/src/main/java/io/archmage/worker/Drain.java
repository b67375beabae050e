package io.archmage.worker;

import io.archmage.host.FollowedAttempts;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the familiars at work, and says so. */
final class Drain {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  /** How often it is said what is waited for. */
  private static final Duration REMINDER = Duration.ofMinutes(1);

  private final FollowedAttempts attempts;
  private final Duration limit;

  /** Waits that long at most. */
  Drain(FollowedAttempts attempts, Duration limit) {
    this.attempts = attempts;
    this.limit = limit;
  }

  /** Returns when none is at work, somebody has let go of them, or the time is up. */
  void await() throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Duration left = limit;
    while (!left.isZero()) {
      List<String> names = attempts.names();
      if (!names.isEmpty()) {
        LOG.info(
            "stopping; waiting up to {} s for {}; stop it once more to let go of them, they go on"
                + " and the next worker follows them",
            left.toSeconds(),
            String.join(", ", names));
      }
      if (attempts.awaitNone(left.compareTo(REMINDER) < 0 ? left : REMINDER)) {
        return;
      }
      left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
    LOG.warn(
        "still at work after {} s: {}; letting go of them",
        limit.toSeconds(),
        String.join(", ", attempts.names()));
  }
}
