package io.archmage.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of one look.
 *
 * @param check what was looked at, one word
 * @param level how bad it is
 * @param message what was found
 * @param fix what to do about it, or null if nothing needs to be done
 */
public record Finding(String check, Level level, String message, @Nullable String fix) {

  /** How bad a finding is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Runs work, but perhaps not as expected. */
    WARNING,
    /** Runs do not work. */
    PROBLEM;

    /** The name in documents: lower case. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As it should be. */
  public static Finding ok(String check, String message) {
    return new Finding(check, Level.OK, message, null);
  }

  /** Something to know. */
  public static Finding warning(String check, String message, @Nullable String fix) {
    return new Finding(check, Level.WARNING, message, fix);
  }

  /** Something that stands in the way of every run. */
  public static Finding problem(String check, String message, @Nullable String fix) {
    return new Finding(check, Level.PROBLEM, message, fix);
  }
}
