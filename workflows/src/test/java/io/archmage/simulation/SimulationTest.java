package io.archmage.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.archmage.schedule.Shrinker;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs of random plans with random faults. A failure prints its seed, the command that plays
 * it again, and the smallest plan with the fewest kinds of fault that still fails.
 *
 * <p>{@code -Dsimulation.runs=N} plays so many, {@code -Dsimulation.seed=S} only that one.
 */
class SimulationTest {

  private static final int SEEDS_PER_BLOCK = 250;
  private static final long RUNS = Long.getLong("simulation.runs", 2_000);
  private static final Long ONE = Long.getLong("simulation.seed");
  private static final Figures FIGURES = new Figures();

  @ParameterizedTest(name = "seeds from {0}")
  @MethodSource("blocks")
  void shouldKeepEveryPromiseWhateverFails(long first) {
    long end = ONE == null ? Math.min(first + SEEDS_PER_BLOCK, RUNS) : first + 1;
    for (long seed = first; seed < end; seed++) {
      check(seed);
    }
  }

  static LongStream blocks() {
    return ONE == null
        ? LongStream.iterate(0, first -> first < RUNS, first -> first + SEEDS_PER_BLOCK)
        : LongStream.of(ONE);
  }

  @AfterAll
  static void print() {
    System.out.println(FIGURES.line());
  }

  private static void check(long seed) {
    try {
      FIGURES.add(SimulatedRun.check(Cases.of(seed), Mutation.NONE));
    } catch (AssertionError broken) {
      FIGURES.violated();
      throw failure(seed, Mutation.NONE, broken);
    }
  }

  /** The failure of the smallest case, with how to see the original again. */
  private static AssertionError failure(
      long seed, Mutation mutation, AssertionError original) {
    String again =
        "seed %d: %s\nplay it again: mvn -Dquick -pl workflows -am test -Dtest=SimulationTest"
            + " -Dsimulation.seed=%d";
    String first = String.valueOf(original.getMessage()).lines().findFirst().orElse("");
    try {
      Shrinker.check(
          Cases.of(seed), SimulatedCase::smaller, plan -> SimulatedRun.check(plan, mutation));
    } catch (AssertionError smallest) {
      return new AssertionError(
          again.formatted(seed, first, seed) + "\n" + smallest.getMessage(), smallest);
    }
    return new AssertionError("fails only sometimes: " + again.formatted(seed, first, seed),
        original);
  }

  @Test
  void shouldPlayASeedInTheSameWayEveryTime() {
    for (long seed = 0; seed < 100; seed++) {
      SimulatedRun run = SimulatedRun.play(Cases.of(seed), Mutation.NONE);
      assertThat(SimulatedRun.play(Cases.of(seed), Mutation.NONE))
          .as("seed %d", seed)
          .isEqualTo(run);
    }
  }

  @Test
  void shouldPlayEveryShapeAndEveryFault() {
    Figures figures = new Figures();
    for (long seed = 0; seed < 300; seed++) {
      figures.add(SimulatedRun.play(Cases.of(seed), Mutation.NONE));
    }
    assertThat(figures.faults()).containsOnlyKeys(Fault.values());
    assertThat(figures.lateAnswers()).isPositive();
    assertThat(
        LongStream.range(0, 300).mapToObj(Cases::of).map(SimulatedCase::shape).distinct())
        .hasSize(5);
  }

  @Test
  void shouldPrintTheSeedAndTheSmallestCaseThatFails() {
    long seed =
        LongStream.range(0, 50)
            .filter(each -> MutationTest.isCaught(Cases.of(each), Mutation.REMOVED_BEFORE_KEPT))
            .findFirst()
            .orElseThrow();
    AssertionError failure =
        failure(seed, Mutation.REMOVED_BEFORE_KEPT, new AssertionError("lost work"));

    assertThat(failure).hasMessageStartingWith("seed " + seed + ": lost work\nplay it again: mvn ")
        .hasMessageContaining("-Dsimulation.seed=" + seed);
    String plan = failure.getMessage().lines().skip(2).findFirst().orElseThrow();
    assertThat(plan.split("Task\\[", -1)).as(plan).hasSize(2);
  }
}
