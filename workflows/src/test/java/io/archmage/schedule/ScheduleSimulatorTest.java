package io.archmage.schedule;

import static io.archmage.schedule.ModelBuilder.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.schedule.SimulatedOutcome.Conflicts;
import io.archmage.schedule.SimulatedOutcome.Defers;
import io.archmage.schedule.SimulatedOutcome.Fails;
import io.archmage.schedule.SimulatedOutcome.Succeeds;
import io.archmage.schedule.Simulation.SimulatedAttempt;
import io.archmage.schedule.Simulation.SimulatedTask;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleSimulatorTest {

  @Test
  void shouldLayTasksOutInTime() {
    Simulation simulation =
        ScheduleSimulator.simulate(
            model().maxParallel(2).task("a").seconds(3).task("b").needs(0).task("c").build());
    assertThat(simulation.tasks())
        .containsExactly(
            ran(TaskStatus.SUCCEEDED, 0, 3),
            ran(TaskStatus.SUCCEEDED, 3, 4),
            ran(TaskStatus.SUCCEEDED, 0, 1));
    assertThat(simulation.makespan()).isEqualTo(Duration.ofSeconds(4));
    assertThat(simulation.maxParallelism()).isEqualTo(2);
  }

  @Test
  void shouldEndAnEmptyRunAtOnce() {
    assertThat(ScheduleSimulator.simulate(model().build()).makespan()).isZero();
  }

  @Test
  void shouldPlayFailuresDeferralsAndConflicts() {
    ScheduleModel model =
        model()
            .retry(1, Duration.ofSeconds(5), 1.0)
            .task("retried")
            .task("fails")
            .task("skipped")
            .needs(1)
            .task("deferred")
            .task("conflicts")
            .build();
    Simulation simulation =
        ScheduleSimulator.simulate(
            model,
            (task, attempt) -> switch (task) {
              case 0 -> attempt == 1 ? new Fails(true) : new Succeeds();
              case 1 -> new Fails(false);
              case 3 -> attempt == 1 ? new Defers(Duration.ofSeconds(60)) : new Succeeds();
              case 4 -> attempt == 1 ? new Conflicts() : new Succeeds();
              default -> new Succeeds();
            });
    assertThat(simulation.tasks())
        .containsExactly(
            ran(TaskStatus.SUCCEEDED, 0, 7),
            ran(TaskStatus.FAILED, 0, 1),
            new SimulatedTask(TaskStatus.SKIPPED, null, null),
            ran(TaskStatus.SUCCEEDED, 0, 62),
            ran(TaskStatus.SUCCEEDED, 0, 2));
    assertThat(simulation.attempts())
        .contains(
            new SimulatedAttempt(0, 2, Duration.ofSeconds(6), Duration.ofSeconds(7)),
            new SimulatedAttempt(4, 2, Duration.ofSeconds(1), Duration.ofSeconds(2)))
        .hasSize(7);
    assertThat(simulation.makespan()).isEqualTo(Duration.ofSeconds(62));
  }

  private static SimulatedTask ran(TaskStatus status, int start, int finish) {
    return new SimulatedTask(status, Duration.ofSeconds(start), Duration.ofSeconds(finish));
  }
}
