package io.archmage.contract;

import io.archmage.schedule.ResourceCap;

/**
 * Something that tasks share.
 *
 * @param name as configured
 * @param capacity how much of it there is, at least 1
 */
@Wire
public record PreparedResource(String name, int capacity) {

  ResourceCap cap() {
    return new ResourceCap(name, capacity);
  }
}
