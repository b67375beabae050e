package io.archmage.schedule;

import java.util.BitSet;
import java.util.OptionalInt;

/**
 * The ready tasks of each familiar by their places among its tasks. A copy shares the familiars
 * that it does not change.
 */
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
    BitSet[] places = new BitSet[index.familiarCount()];
    for (int familiar = 0; familiar < places.length; familiar++) {
      places[familiar] = new BitSet();
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
    writable(index.task(task).familiar()).set(index.placeInFamiliar(task));
  }

  void remove(int task) {
    writable(index.task(task).familiar()).clear(index.placeInFamiliar(task));
  }

  /** The familiar's first ready task in order. */
  OptionalInt head(int familiar) {
    int place = places[familiar].nextSetBit(0);
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(index.familiarTask(familiar, place));
  }

  private BitSet writable(int familiar) {
    if (!owned.get(familiar)) {
      places[familiar] = (BitSet) places[familiar].clone();
      owned.set(familiar);
    }
    return places[familiar];
  }
}
