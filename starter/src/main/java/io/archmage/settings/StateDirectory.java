package io.archmage.settings;

import java.nio.file.Path;
import java.util.Map;

/**
 * The directory of what must survive: the server's database, the workers' journals, the pools.
 *
 * @param path absolute
 */
public record StateDirectory(Path path) {
  /** The variable that names another directory. */
  public static final String VARIABLE = "ARCHMAGE_STATE";

  /** Makes the path absolute. */
  public StateDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * {@code $ARCHMAGE_STATE}, else {@code ${XDG_STATE_HOME:-$HOME/.local/state}/archmage}, on macOS
   * {@code ~/Library/Application Support/archmage}. Creates nothing.
   *
   * @throws SettingsException if no variable says where
   */
  public static StateDirectory of(Map<String, String> environment, OperatingSystem system) {
    return new StateDirectory(
        UserDirectories.find(
            environment,
            system,
            VARIABLE,
            "XDG_STATE_HOME",
            ".local/state",
            "Library/Application Support"));
  }

  /**
   * Makes the directory where it is missing, readable by this user alone (0700); an existing one
   * keeps its permissions.
   *
   * @return this
   * @throws SettingsException if it cannot be made
   */
  public StateDirectory create() {
    UserDirectories.create(path, VARIABLE);
    return this;
  }
}
