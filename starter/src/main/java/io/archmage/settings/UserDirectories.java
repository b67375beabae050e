package io.archmage.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Finds and makes directories of the user, from an environment that is handed in. */
final class UserDirectories {
  private UserDirectories() {}

  /**
   * Our own variable first; else, on Linux, the XDG variable or its default below the home; on
   * macOS the folder below the home. A relative XDG path is ignored, as its specification says.
   */
  static Path find(
      Map<String, String> environment,
      OperatingSystem system,
      String override,
      String xdg,
      String linuxDefault,
      String macDefault) {
    String own = environment.getOrDefault(override, "");
    if (!own.isBlank()) {
      return Path.of(own).toAbsolutePath().normalize();
    }
    return switch (system) {
      case LINUX -> {
        String base = environment.getOrDefault(xdg, "");
        yield base.startsWith("/")
            ? Path.of(base, "archmage")
            : home(environment, override).resolve(linuxDefault).resolve("archmage");
      }
      case MAC_OS -> home(environment, override).resolve(macDefault).resolve("archmage");
    };
  }

  private static Path home(Map<String, String> environment, String override) {
    String home = environment.getOrDefault("HOME", "");
    if (home.isBlank()) {
      throw new SettingsException("HOME is not set; set it, or " + override + " to a directory.");
    }
    return Path.of(home).toAbsolutePath();
  }

  /** Makes the directory and what is missing above it, for this user alone. */
  static void create(Path directory, String override) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new SettingsException(
          "cannot make the directory "
              + directory
              + " ("
              + e
              + "); make it writable or set "
              + override
              + " to another one.",
          e);
    }
  }
}
