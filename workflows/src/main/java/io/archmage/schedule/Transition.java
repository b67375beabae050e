package io.archmage.schedule;

import java.util.List;

/**
 * The outcome of one event.
 *
 * @param state the next state
 * @param decisions what to do now, in order
 */
public record Transition(ScheduleState state, List<Decision> decisions) {

  /** Copies the list. */
  public Transition {
    decisions = List.copyOf(decisions);
  }
}
