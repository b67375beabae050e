package io.archmage.settings;

import java.util.Locale;

/** The operating systems Archmage runs on; Windows is reached through WSL, which is Linux. */
public enum OperatingSystem {
  /** Any Linux, with the XDG base directories. */
  LINUX,
  /** macOS, with the directories below {@code ~/Library}. */
  MAC_OS;

  /**
   * Reads the name Java gives in the system property {@code os.name}.
   *
   * @throws SettingsException on any other system
   */
  public static OperatingSystem of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("linux")) {
      return LINUX;
    }
    if (lower.contains("mac") || lower.contains("darwin")) {
      return MAC_OS;
    }
    throw new SettingsException(
        "Archmage runs on Linux and macOS, not on " + name + "; on Windows use WSL.");
  }

  /**
   * The system this process runs on.
   *
   * @throws SettingsException on a system that is neither Linux nor macOS
   */
  public static OperatingSystem current() {
    return of(System.getProperty("os.name"));
  }
}
