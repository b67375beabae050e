package io.archmage.contract;

import io.archmage.schedule.Demand;

/**
 * What an attempt of a task holds of a resource.
 *
 * @param resource index into {@link PreparedLimits#resources()}
 * @param amount at least 1
 */
@Wire
public record PreparedDemand(int resource, int amount) {

  Demand demand() {
    return new Demand(resource, amount);
  }
}
