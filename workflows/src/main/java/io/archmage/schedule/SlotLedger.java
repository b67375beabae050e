package io.archmage.schedule;

import java.util.Optional;

/** What attempts under way hold: slots, instances of familiars and shares of resources. */
final class SlotLedger {

  private final ScheduleIndex index;
  private final IntColumn inFlightOf;
  private final IntColumn inUse;
  private int inFlight;

  /** Nothing is held. */
  SlotLedger(ScheduleIndex index) {
    this.index = index;
    inFlightOf = IntColumn.of(new int[index.model().familiars().size()]);
    inUse = IntColumn.of(new int[index.model().resources().size()]);
  }

  private SlotLedger(SlotLedger other) {
    index = other.index;
    inFlightOf = other.inFlightOf.copy();
    inUse = other.inUse.copy();
    inFlight = other.inFlight;
  }

  /** A ledger to write the next state into. */
  SlotLedger copy() {
    return new SlotLedger(this);
  }

  int inFlight() {
    return inFlight;
  }

  boolean slotFree() {
    return inFlight < index.model().maxParallel();
  }

  boolean instanceFree(int familiar) {
    return inFlightOf.get(familiar) < index.model().familiars().get(familiar).instances();
  }

  /** Whether everything that the task needs is free. */
  boolean admits(int task) {
    return slotFree()
        && instanceFree(index.task(task).familiar())
        && lacking(task).isEmpty();
  }

  /** The first resource of which the task needs more than is free. */
  Optional<ResourceCap> lacking(int task) {
    for (Demand demand : index.task(task).demands()) {
      ResourceCap resource = index.model().resources().get(demand.resource());
      if (inUse.get(demand.resource()) + demand.amount() > resource.capacity()) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  void take(int task) {
    add(task, 1);
  }

  void free(int task) {
    add(task, -1);
  }

  private void add(int task, int sign) {
    inFlight += sign;
    inFlightOf.add(index.task(task).familiar(), sign);
    for (Demand demand : index.task(task).demands()) {
      inUse.add(demand.resource(), sign * demand.amount());
    }
  }
}
