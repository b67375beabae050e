package io.archmage.settings;

import java.nio.file.Path;
import java.util.Map;

/**
 * The directory of what can be fetched or computed again at any time.
 *
 * @param path absolute
 */
public record CacheDirectory(Path path) {
  /** The variable that names another directory. */
  public static final String VARIABLE = "ARCHMAGE_CACHE";

  /** Makes the path absolute. */
  public CacheDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * {@code $ARCHMAGE_CACHE}, else {@code ${XDG_CACHE_HOME:-$HOME/.cache}/archmage}, on macOS {@code
   * ~/Library/Caches/archmage}. Creates nothing.
   *
   * @throws SettingsException if no variable says where
   */
  public static CacheDirectory of(Map<String, String> environment, OperatingSystem system) {
    return new CacheDirectory(
        UserDirectories.find(
            environment, system, VARIABLE, "XDG_CACHE_HOME", ".cache", "Library/Caches"));
  }

  /**
   * Makes the directory where it is missing, readable by this user alone (0700); an existing one
   * keeps its permissions.
   *
   * @return this
   * @throws SettingsException if it cannot be made
   */
  public CacheDirectory create() {
    UserDirectories.create(path, VARIABLE);
    return this;
  }
}
