package io.archmage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.report.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventTailTest {

  @Test
  void shouldTellEachEventOnce() {
    EventTail tail = new EventTail();

    assertThat(tail.fresh(events(0, 2))).isEqualTo(events(0, 2));
    assertThat(tail.fresh(events(0, 2))).isEmpty();
    assertThat(tail.fresh(events(1, 4))).isEqualTo(events(2, 4));
    assertThat(tail.fresh(List.of())).isEmpty();
    assertThat(tail.fresh(events(7, 9))).isEqualTo(events(7, 9));
  }

  private static List<RunEvent> events(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(n -> new RunEvent(Instant.EPOCH.plusSeconds(n), "task_started", "T" + n, ""))
        .collect(Collectors.toUnmodifiableList());
  }
}
