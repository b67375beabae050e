package io.archmage.schedule;

/** One number per task; copies share the numbers until one of them writes. */
final class IntColumn {
  private int[] values;
  private boolean owned;

  private IntColumn(int[] values, boolean owned) {
    this.values = values;
    this.owned = owned;
  }

  /** Takes over the array. */
  static IntColumn of(int[] values) {
    return new IntColumn(values, true);
  }

  /** A column with the same numbers; this one must not be written to any more. */
  IntColumn copy() {
    return new IntColumn(values, false);
  }

  int get(int index) {
    return values[index];
  }

  void set(int index, int value) {
    if (!owned) {
      values = values.clone();
      owned = true;
    }
    values[index] = value;
  }

  /** Adds to a number and returns the sum. */
  int add(int index, int amount) {
    int sum = values[index] + amount;
    set(index, sum);
    return sum;
  }
}
