package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.archmage.graph.Edge;
import io.archmage.graph.EdgeReason;
import io.archmage.plan.DependencyType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchOrderTest {

  @Test
  void shouldKeepTheDeclaredOrderOfEqualTasks() {
    assertThat(order(List.of(100, 100, 100), List.of(5, 5, 5))).containsExactly(0, 1, 2);
  }

  @Test
  void shouldPutTheLongestRemainingPathFirst() {
    assertThat(order(List.of(100, 100, 100, 100), List.of(10, 30, 25, 4), hard(2, 3), hard(0, 3)))
        .containsExactly(2, 0, 1, 3);
    assertThat(order(List.of(100, 100, 100), List.of(10, 15, 10), hard(0, 2)))
        .containsExactly(0, 1, 2);
  }

  @Test
  void shouldCountEdgesThatOnlyWaitForAnEnd() {
    Edge after = new Edge(0, 2, DependencyType.HARD, EdgeReason.FILE_CONFLICT, "shared.ts");
    assertThat(order(List.of(100, 100, 100), List.of(10, 15, 10), after)).containsExactly(0, 1, 2);
  }

  @Test
  void shouldPutPriorityBeforeThePath() {
    assertThat(order(List.of(100, 1, 100), List.of(50, 1, 60))).containsExactly(2, 0, 1);
  }

  @Test
  void shouldMakeATaskAsUrgentAsWhatWaitsForIt() {
    assertThat(
        order(List.of(50, 100, 100, 1), List.of(90, 90, 5, 5), hard(2, 3)))
        .as("the gate of the urgent task goes before a more urgent bystander")
        .containsExactly(2, 3, 0, 1);
  }

  @Test
  void shouldLetSoftEdgesBreakTiesOnly() {
    assertThat(order(List.of(100, 100, 100), List.of(5, 5, 5), soft(2, 0)))
        .containsExactly(2, 0, 1);
    assertThat(order(List.of(100, 100), List.of(9, 5), soft(1, 0))).containsExactly(0, 1);
    assertThat(order(List.of(1, 100), List.of(5, 5), soft(1, 0))).containsExactly(0, 1);
  }

  @Test
  void shouldLeaveOutASoftEdgeThatClosesACycle() {
    assertThat(
        order(
            List.of(100, 100, 100),
            List.of(5, 5, 5),
            soft(1, 2),
            soft(2, 1),
            soft(2, 0)))
        .containsExactly(2, 0, 1);
    assertThat(order(List.of(100), List.of(5), soft(0, 0))).containsExactly(0);
  }

  @Test
  void shouldRefuseCyclesAndUnknownTasks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> order(List.of(1, 1), List.of(1, 1), hard(0, 1), hard(1, 0)))
        .withMessageContaining("cycle");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> order(List.of(1), List.of(1), soft(0, 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> order(List.of(1), List.of()));
  }

  private static List<Integer> order(
      List<Integer> priorities, List<Integer> seconds, Edge... edges) {
    return DispatchOrder.of(
        priorities, seconds.stream().map(Duration::ofSeconds).toList(), Arrays.asList(edges));
  }

  private static Edge hard(int from, int to) {
    return new Edge(from, to, DependencyType.HARD, EdgeReason.DECLARED, null);
  }

  private static Edge soft(int from, int to) {
    return new Edge(from, to, DependencyType.SOFT, EdgeReason.DECLARED, null);
  }
}
