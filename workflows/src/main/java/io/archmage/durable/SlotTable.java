package io.archmage.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Which task was last given which slot. Numbers begin at 1; a new task gets the lowest free. */
final class SlotTable {

  private static final int FREE = -1;

  private final List<Integer> tasks = new ArrayList<>();

  /**
   * Gives a task the lowest slot that no attempt holds.
   *
   * @param inFlight whether the attempt of a task is under way; not asked for {@code task}
   */
  void take(int task, IntPredicate inFlight) {
    for (int slot = 0; slot < tasks.size(); slot++) {
      int holder = tasks.get(slot);
      if (holder == FREE || holder == task || !inFlight.test(holder)) {
        free(task);
        tasks.set(slot, task);
        return;
      }
    }
    tasks.add(task);
  }

  /** How many were ever in use. */
  int size() {
    return tasks.size();
  }

  /** The task that was last given a slot; it may have ended. */
  OptionalInt holder(int slot) {
    int task = slot <= tasks.size() ? tasks.get(slot - 1) : FREE;
    return task == FREE ? OptionalInt.empty() : OptionalInt.of(task);
  }

  private void free(int task) {
    tasks.replaceAll(holder -> holder == task ? FREE : holder);
  }
}
