package io.archmage.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Every protocol broken on purpose is found out: the checks of the simulation can fail. */
class MutationTest {

  /** So many seeds are enough for each of them; most are found within twenty. */
  private static final int SEEDS = 400;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void shouldBeCaught(Mutation mutation) {
    assertThat(firstCaught(mutation, SEEDS)).isLessThan(SEEDS);
  }

  /** The first seed by which the mutation is caught. */
  private static long firstCaught(Mutation mutation, int seeds) {
    return LongStream.range(0, seeds)
        .filter(seed -> isCaught(Cases.of(seed), mutation))
        .findFirst()
        .orElseThrow(() -> new AssertionError(seeds + " seeds do not find " + mutation));
  }

  static boolean isCaught(SimulatedCase plan, Mutation mutation) {
    try {
      SimulatedRun.play(plan, mutation);
      return false;
    } catch (AssertionError caught) {
      return true;
    }
  }
}
