package io.archmage.schedule.search;

/**
 * Numbers that look random and are the same for the same seed on every machine and JDK: SplitMix64
 * (Steele, Lea and Flood, 2014).
 */
final class Draws {

  private long state;

  Draws(long seed) {
    state = seed;
  }

  /** A number from 0 to below the bound. */
  int below(int bound) {
    return (int) Math.floorMod(next(), (long) bound);
  }

  /** A number from 0 to below 1. */
  double fraction() {
    return (next() >>> 11) * 0x1p-53;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
