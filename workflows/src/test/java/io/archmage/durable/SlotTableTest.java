package io.archmage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlotTableTest {

  private final SlotTable table = new SlotTable();
  private final Set<Integer> inFlight = new TreeSet<>();

  private void start(int task) {
    table.take(task, inFlight::contains);
    inFlight.add(task);
  }

  @Test
  void shouldGiveTheLowestSlotThatNobodyHolds() {
    start(7);
    start(8);
    start(9);
    inFlight.remove(8);

    start(3);

    assertThat(table.holder(1)).hasValue(7);
    assertThat(table.holder(2)).hasValue(3);
    assertThat(table.holder(3)).hasValue(9);
    assertThat(table.size()).isEqualTo(3);
  }

  @Test
  void shouldNotShowATaskInTwoSlots() {
    start(7);
    start(8);
    inFlight.clear();

    start(8);

    assertThat(table.holder(1)).hasValue(8);
    assertThat(table.holder(2)).isEqualTo(OptionalInt.empty());
    assertThat(table.holder(9)).isEqualTo(OptionalInt.empty());
  }
}
