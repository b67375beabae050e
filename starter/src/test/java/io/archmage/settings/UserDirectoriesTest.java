package io.archmage.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserDirectoriesTest {
  private static final Map<String, String> HOME = Map.of("HOME", "/home/ada");

  @Test
  void shouldFollowXdgOnLinux() {
    assertThat(state(HOME, OperatingSystem.LINUX)).hasToString("/home/ada/.local/state/archmage");
    assertThat(cache(HOME, OperatingSystem.LINUX)).hasToString("/home/ada/.cache/archmage");
    assertThat(state(Map.of("XDG_STATE_HOME", "/var/s"), OperatingSystem.LINUX))
        .hasToString("/var/s/archmage");
    assertThat(cache(Map.of("XDG_CACHE_HOME", "/var/c"), OperatingSystem.LINUX))
        .hasToString("/var/c/archmage");
  }

  @Test
  void shouldIgnoreRelativeXdgPaths() {
    Map<String, String> environment = Map.of("HOME", "/home/ada", "XDG_STATE_HOME", "state");

    assertThat(state(environment, OperatingSystem.LINUX))
        .hasToString("/home/ada/.local/state/archmage");
  }

  @Test
  void shouldUseLibraryOnMacOs() {
    Map<String, String> environment = Map.of("HOME", "/Users/ada", "XDG_STATE_HOME", "/x");

    assertThat(state(environment, OperatingSystem.MAC_OS))
        .hasToString("/Users/ada/Library/Application Support/archmage");
    assertThat(cache(environment, OperatingSystem.MAC_OS))
        .hasToString("/Users/ada/Library/Caches/archmage");
  }

  @Test
  void shouldPreferOwnVariables() {
    Map<String, String> environment =
        Map.of("ARCHMAGE_STATE", "/s", "ARCHMAGE_CACHE", "/c/../d", "HOME", "/home/ada");

    assertThat(state(environment, OperatingSystem.MAC_OS)).hasToString("/s");
    assertThat(cache(environment, OperatingSystem.LINUX)).hasToString("/d");
  }

  @Test
  void shouldSayWhatToSetWithoutHome() {
    assertThatThrownBy(() -> state(Map.of(), OperatingSystem.LINUX))
        .isInstanceOf(SettingsException.class)
        .hasMessage("HOME is not set; set it, or ARCHMAGE_STATE to a directory.");
  }

  @Test
  void shouldCreatePrivateDirectory(@TempDir Path base) throws Exception {
    Path directory = base.resolve("a/state");

    new StateDirectory(directory).create().create();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @Test
  void shouldSayWhichDirectoryCannotBeMade(@TempDir Path base) throws Exception {
    Path file = Files.createFile(base.resolve("file"));

    assertThatThrownBy(() -> new CacheDirectory(file.resolve("cache")).create())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(file + "/cache")
        .hasMessageContaining("set ARCHMAGE_CACHE");
  }

  @Test
  void shouldRefuseOtherSystems() {
    assertThat(OperatingSystem.of("Mac OS X")).isEqualTo(OperatingSystem.MAC_OS);
    assertThat(OperatingSystem.of("Linux")).isEqualTo(OperatingSystem.LINUX);
    assertThatThrownBy(() -> OperatingSystem.of("Windows 11")).hasMessageContaining("use WSL");
  }

  private static Path state(Map<String, String> environment, OperatingSystem system) {
    return StateDirectory.of(environment, system).path();
  }

  private static Path cache(Map<String, String> environment, OperatingSystem system) {
    return CacheDirectory.of(environment, system).path();
  }
}
