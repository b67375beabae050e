package io.archmage.render;

import java.util.Locale;

/** Sizes for people. */
public final class Bytes {

  private static final String[] UNITS = {"B", "kB", "MB", "GB"};

  private Bytes() {}

  /** Such as {@code 512 B} and {@code 1.5 MB}; a thousand of one unit are one of the next. */
  public static String text(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1_000 && unit < UNITS.length - 1) {
      amount /= 1_000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}
