package io.archmage.process;

import java.time.Duration;
import java.time.Instant;

/**
 * How a supervised process ended. Nothing of its tree is alive any more.
 *
 * @param code exit status, 128 + n after signal n, {@link #UNKNOWN_CODE} when lost; for reasons
 *     other than {@link EndReason#EXITED} whatever the process made of being ended
 * @param reason who or what ended it; a request that met a process just ending still counts
 * @param startedAt when the familiar's command was started (file time, so it survives the worker);
 *     when lost before that, the time of the claim or of the discovery
 * @param endedAt when the tree was dead; when lost, the time of the last output or sign of life
 */
public record ProcessExit(int code, EndReason reason, Instant startedAt, Instant endedAt) {

  /** The {@link #code()} of a process whose status nobody recorded. */
  public static final int UNKNOWN_CODE = -1;

  /** Whether it ended by itself with status 0. */
  public boolean isSuccess() {
    return reason == EndReason.EXITED && code == 0;
  }

  /** Time from start to end, never negative. */
  public Duration duration() {
    Duration duration = Duration.between(startedAt, endedAt);
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
