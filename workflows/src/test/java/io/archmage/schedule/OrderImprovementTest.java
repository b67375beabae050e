package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders that are found by searching. */
class OrderImprovementTest {

  /** By longest path A, B, C go first, and D and E do not fit beside each other. */
  private static ModelBuilder fivePieces() {
    return model().maxParallel(2)
        .task("A")
        .seconds(3)
        .task("B")
        .seconds(3)
        .task("C")
        .seconds(2)
        .task("D")
        .seconds(2)
        .task("E")
        .seconds(2);
  }

  @Test
  void shouldFindAShorterRunThanTheLongestPathsFirst() {
    ScheduleModel byPaths = fivePieces().build();
    assertThat(makespan(byPaths)).isEqualTo(Duration.ofSeconds(7));

    ScheduleModel better = improved(byPaths, true);

    assertThat(makespan(better)).isEqualTo(Duration.ofSeconds(6));
    assertThat(better.tasks()).allMatch(task -> task.heldFor().isEmpty());
    assertThat(better).isEqualTo(improved(byPaths, true));
  }

  @Test
  void shouldNotPutATaskBeforeAMoreUrgentOne() {
    ScheduleModel byPaths = fivePieces().build();

    ScheduleModel better = OrderImprovement.of(byPaths, List.of(1, 1, 2, 2, 2), true);

    assertThat(makespan(better)).isEqualTo(Duration.ofSeconds(7));
    assertThat(better.tasks().subList(0, 2)).allMatch(task -> task.order() < 2);
  }

  @Test
  void shouldHeedUrgenciesWithinAStage() {
    ScheduleModel byPaths = fivePieces().barrier().task("F").stage(1).build();

    ScheduleModel better = OrderImprovement.of(byPaths, List.of(1, 1, 2, 2, 2, 1), true);

    assertThat(makespan(better)).isEqualTo(Duration.ofSeconds(8));
    assertThat(better.tasks().subList(0, 2)).allMatch(task -> task.order() < 2);
  }

  /** Whoever takes the only slot at once keeps Q, on which a long chain waits, from starting. */
  private static ModelBuilder worthWaiting() {
    return model().familiar("codex", 1)
        .familiar("gemini", 1)
        .task("P")
        .by(1)
        .seconds(1)
        .task("Q")
        .by(0)
        .needs(0)
        .seconds(5)
        .task("R")
        .by(1)
        .needs(1)
        .seconds(10)
        .task("C")
        .by(0)
        .seconds(9)
        .order(3);
  }

  @Test
  void shouldLeaveASlotToATaskThatIsAboutToStart() {
    ScheduleModel byPaths = worthWaiting().build();
    assertThat(makespan(byPaths)).isEqualTo(Duration.ofSeconds(24));

    ScheduleModel better = improved(byPaths, true);

    assertThat(makespan(better)).isEqualTo(Duration.ofSeconds(16));
    assertThat(better.tasks().get(3).heldFor()).containsExactly(1);
    assertThat(improved(byPaths, false)).isEqualTo(byPaths);
  }

  @Test
  void shouldHeedNamedResources() {
    ScheduleModel byPaths =
        model().resource("gpu", 3)
            .task("A")
            .seconds(4)
            .demands(0, 2)
            .task("B")
            .seconds(4)
            .demands(0, 2)
            .task("C")
            .seconds(3)
            .demands(0, 1)
            .task("D")
            .seconds(3)
            .demands(0, 1)
            .task("E")
            .seconds(2)
            .demands(0, 1)
            .build();

    ScheduleModel better = improved(byPaths, true);

    assertThat(makespan(better)).isEqualTo(Duration.ofSeconds(8));
    List<Duration> estimates = better.tasks().stream().map(ScheduledTask::estimate).toList();
    assertThat(LowerBound.of(better, estimates).value()).isEqualTo(Duration.ofSeconds(8));
  }

  @ParameterizedTest(name = "seeds {0} to {0} + 99")
  @MethodSource("blocks")
  void shouldNeverMakeARunLonger(long first) {
    for (long seed = first; seed < first + 100; seed++) {
      ScheduleModel byPaths = RandomCase.of(seed).model();
      ScheduleModel plain =
          byPaths.with(
              byPaths.tasks().stream().map(task -> task.at(task.order(), List.of())).toList());
      ScheduleModel better = improved(plain, true);
      assertThat(makespan(better)).as("seed %d", seed).isLessThanOrEqualTo(makespan(plain));
      List<Duration> estimates = plain.tasks().stream().map(ScheduledTask::estimate).toList();
      assertThat(LowerBound.of(plain, estimates).value())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(makespan(better));
    }
  }

  static LongStream blocks() {
    return LongStream.range(0, 5).map(block -> block * 100);
  }

  private static ScheduleModel improved(ScheduleModel model, boolean mayHold) {
    return OrderImprovement.of(
        model, Collections.nCopies(model.tasks().size(), 100), mayHold);
  }

  private static Duration makespan(ScheduleModel model) {
    return ScheduleSimulator.simulate(model).makespan();
  }
}
