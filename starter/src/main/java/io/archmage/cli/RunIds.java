package io.archmage.cli;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** The ids of runs. */
final class RunIds {

  /** Stands for the run that was started last. */
  static final String LATEST = "latest";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
  private static final int MAX_NAME = 60;

  private RunIds() {}

  /** {@code <plan>-<yyyymmdd-hhmmss>-<4 hex>}, from the lowest 16 bits of {@code random}. */
  static String fresh(String planName, LocalDateTime now, int random) {
    String name =
        planName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[-.]+", "");
    if (name.isEmpty()) {
      name = "plan";
    }
    return name.substring(0, Math.min(MAX_NAME, name.length()))
        + "-"
        + TIME.format(now)
        + "-"
        + HexFormat.of().toHexDigits((short) random);
  }
}
