package io.archmage.render;

import io.archmage.report.RunStatus;
import io.archmage.schedule.TaskStatus;

/**
 * Whether and how words are coloured.
 *
 * @param colour whether ANSI colours are written
 */
public record Style(boolean colour) {

  /** No escape sequences at all. */
  public static final Style PLAIN = new Style(false);

  private static final String RESET = "\u001b[0m";

  /** The text in the status's colour. */
  public String of(TaskStatus status, String text) {
    return switch (status) {
      case SUCCEEDED -> paint("32", text);
      case FAILED -> paint("31", text);
      case RUNNING -> paint("36", text);
      case AWAITING_PERSON -> paint("35", text);
      case SKIPPED, ROLLED_BACK, CANCELLED, WAITING -> paint("33", text);
      case BLOCKED, READY -> dim(text);
    };
  }

  /** The text in the status's colour. */
  public String of(RunStatus status, String text) {
    return switch (status) {
      case COMPLETED -> paint("32", text);
      case FAILED, ROLLED_BACK -> paint("31", text);
      case PARTIAL, CANCELLED, CANCELLING -> paint("33", text);
      case PREPARING, RUNNING -> paint("36", text);
    };
  }

  /** The text in bold. */
  public String bold(String text) {
    return paint("1", text);
  }

  /** The text in a fainter shade. */
  public String dim(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
