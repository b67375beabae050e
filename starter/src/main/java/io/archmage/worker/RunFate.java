package io.archmage.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of a run.
 *
 * @param state whether it goes on
 * @param endedAt when it ended, or null if it has not or the server does not know it
 */
public record RunFate(State state, @Nullable Instant endedAt) {

  /** There is no server to ask. */
  public static final RunFate NOT_ASKED = new RunFate(State.NOT_ASKED, null);

  /** What a server can know. */
  public enum State {
    /** It goes on. */
    OPEN,
    /** It has ended. */
    ENDED,
    /** The server does not know it. */
    UNKNOWN,
    /** There is no server to ask. */
    NOT_ASKED
  }

  /** A fate without a time. */
  public static RunFate of(State state) {
    return new RunFate(state, null);
  }
}
