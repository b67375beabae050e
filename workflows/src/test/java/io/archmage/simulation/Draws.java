package io.archmage.simulation;

import java.util.SplittableRandom;

/**
 * Chance that depends on the seed, the purpose and the numbers given alone: what befalls one task
 * stays as it was when another is taken away.
 */
record Draws(long seed) {

  /** A number from 0 to below the bound. */
  int below(int bound, String purpose, long... numbers) {
    long key = seed * 31 + purpose.hashCode();
    for (long number : numbers) {
      key = key * 1_000_003L + number + 17;
    }
    return new SplittableRandom(key).nextInt(bound);
  }

  /** True once in so many draws. */
  boolean once(int in, String purpose, long... numbers) {
    return below(in, purpose, numbers) == 0;
  }
}
