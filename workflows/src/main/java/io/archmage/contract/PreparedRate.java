package io.archmage.contract;

import io.archmage.schedule.Rate;
import io.archmage.schedule.RateUnit;

/**
 * How often attempts of one familiar may start.
 *
 * @param familiar index into {@link PreparedPlan#familiars()}
 * @param starts at least 1, in any span of the unit's length
 * @param unit the length of the span
 */
@Wire
public record PreparedRate(int familiar, int starts, RateUnit unit) {

  /** As the scheduler knows it. */
  public Rate rate() {
    return new Rate(starts, unit);
  }
}
