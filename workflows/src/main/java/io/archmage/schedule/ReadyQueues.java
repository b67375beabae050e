package io.archmage.schedule;

import java.util.BitSet;
import java.util.OptionalInt;

/** The ready tasks of each kind by their places in it. A copy shares the kinds it leaves alone. */
final class ReadyQueues {

  private final ScheduleIndex index;
  private final BitSet[] places;
  private final BitSet owned;

  private ReadyQueues(ScheduleIndex index, BitSet[] places, BitSet owned) {
    this.index = index;
    this.places = places;
    this.owned = owned;
  }

  /** Queues without a task. */
  static ReadyQueues empty(ScheduleIndex index) {
    BitSet[] places = new BitSet[index.kindCount()];
    for (int kind = 0; kind < places.length; kind++) {
      places[kind] = new BitSet();
    }
    BitSet owned = new BitSet();
    owned.set(0, places.length);
    return new ReadyQueues(index, places, owned);
  }

  /** Queues to change; from now on these must not be. */
  ReadyQueues copy() {
    return new ReadyQueues(index, places.clone(), new BitSet());
  }

  void add(int task) {
    writable(index.kind(task)).set(index.placeInKind(task));
  }

  void remove(int task) {
    writable(index.kind(task)).clear(index.placeInKind(task));
  }

  /** The kind's first ready task in order. */
  OptionalInt head(int kind) {
    return from(kind, 0);
  }

  /** The first ready task of the same kind behind that one. */
  OptionalInt behind(int task) {
    return from(index.kind(task), index.placeInKind(task) + 1);
  }

  private OptionalInt from(int kind, int first) {
    int place = places[kind].nextSetBit(first);
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(index.kindTask(kind, place));
  }

  private BitSet writable(int kind) {
    if (!owned.get(kind)) {
      places[kind] = (BitSet) places[kind].clone();
      owned.set(kind);
    }
    return places[kind];
  }
}
