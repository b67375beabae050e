package io.archmage.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random plans with random troubles; a failure prints its seed and the smallest failing plan. */
class SchedulerPropertyTest {
  private static final int SEEDS_PER_BLOCK = 100;

  @ParameterizedTest(name = "seeds {0} to {0} + 99")
  @MethodSource("blocks")
  void shouldKeepAllRulesWhateverHappens(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + SEEDS_PER_BLOCK; seed++) {
      Shrinker.check(
          RandomCase.of(seed),
          RandomCase::smaller,
          plan -> assertThat(RandomRun.play(plan)).isEqualTo(RandomRun.play(plan)));
    }
  }

  @ParameterizedTest(name = "seeds {0} to {0} + 99")
  @MethodSource("blocks")
  void shouldStayBetweenTheBounds(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + SEEDS_PER_BLOCK; seed++) {
      Shrinker.check(RandomCase.of(seed), RandomCase::smaller, SchedulerPropertyTest::checkBounds);
    }
  }

  @Test
  void shouldShrinkToTheTaskThatMatters() {
    RandomCase large =
        LongStream.range(0, 1000)
            .mapToObj(RandomCase::of)
            .filter(plan -> plan.tasks().size() > 8 && plan.cancelled() && plan.barrier())
            .findFirst()
            .orElseThrow();
    int culprit = large.tasks().get(2).id();
    RandomCase small =
        Shrinker.shrink(
            large,
            RandomCase::smaller,
            plan -> plan.tasks().stream().anyMatch(task -> task.id() == culprit));
    assertThat(small.tasks()).extracting(RandomCase.Task::id).containsExactly(culprit);
    assertThat(small.tasks().getFirst().needs()).isEmpty();
    assertThat(small.cancelled() || small.barrier() || small.troubled()).isFalse();
  }

  static LongStream blocks() {
    return LongStream.range(0, 30).map(block -> block * SEEDS_PER_BLOCK);
  }

  private static void checkBounds(RandomCase plan) {
    ScheduleModel model = plan.model();
    List<Duration> runTimes = model.tasks().stream().map(ScheduledTask::estimate).toList();
    Duration makespan = ScheduleSimulator.simulate(model).makespan();
    assertThat(LowerBound.of(model, runTimes).value()).isLessThanOrEqualTo(makespan);
    if (model.barrier()) {
      assertThat(LowerBound.barrierBound(model, runTimes)).isLessThanOrEqualTo(makespan);
    }
    ScheduleModel free =
        new ScheduleModel(
            model.tasks()
                .stream()
                .map(
                    task -> new ScheduledTask(
                        task.id(), task.familiar(), task.needs(), task.after(), task.stage(),
                        task.order(), task.estimate()))
                .toList(),
            model.familiars().stream().map(f -> new FamiliarCap(f.name(), 1000)).toList(),
            model.maxParallel(),
            false,
            model.retry());
    assertThat(ScheduleSimulator.simulate(free).makespan())
        .as("Graham's bound")
        .isLessThanOrEqualTo(grahamBound(free, runTimes));
  }

  /** W/m + (1 - 1/m) CP, which every list schedule without caps keeps (Graham, 1969). */
  private static Duration grahamBound(ScheduleModel model, List<Duration> runTimes) {
    Duration work = runTimes.stream().reduce(Duration.ZERO, Duration::plus);
    Duration path = CriticalPath.of(model, runTimes).length();
    long slots = model.maxParallel();
    return work.plus(path.multipliedBy(slots - 1)).dividedBy(slots).plusNanos(1);
  }
}
